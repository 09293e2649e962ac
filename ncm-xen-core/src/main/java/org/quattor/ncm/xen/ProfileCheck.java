package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.model.XenConfiguration;
import org.quattor.ncm.xen.plan.GuestTexts;
import org.quattor.ncm.xen.rules.HostSummary;
import org.quattor.ncm.xen.schema.Schema;

/**
 * Checks profiles without a host; reads the schema once for all of them. May be used by several
 * threads.
 */
public final class ProfileCheck {

  private final Schema schema;
  private final Toolstack dialect;

  /**
   * Makes one.
   *
   * @param siteSchema a site's schema; null for the one that comes with ncm-xen
   * @param dialect what guest files are made for
   */
  public ProfileCheck(@Nullable Path siteSchema, Toolstack dialect) {
    this.schema = siteSchema == null ? Schema.builtIn() : Schema.read(siteSchema);
    this.dialect = dialect;
  }

  /**
   * What a check says of a profile.
   *
   * @param findings of the profile alone
   * @param summary to hold it against other hosts; empty when it is not valid
   */
  public record Checked(ImmutableList<Finding> findings, Optional<HostSummary> summary) {}

  /** Returns what is wrong with the profile as far as it can be told without a host. */
  public Checked check(Profile profile) {
    ValidatedProfile validated = ValidatedProfile.of(profile, schema);
    Discretion discretion = Discretion.of(validated.component());
    XenConfiguration configuration = validated.configuration();
    if (configuration == null) {
      return new Checked(discretion.findings(validated.findings()), Optional.empty());
    }
    return new Checked(
        discretion.findings(
            XenComponent.withTextFindings(
                validated.findings(), configuration, GuestTexts.withoutHost(dialect, null))),
        Optional.of(HostSummary.of(configuration, validated.hostName())));
  }
}
