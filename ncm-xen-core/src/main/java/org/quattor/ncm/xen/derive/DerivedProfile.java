package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.finding.XenPaths;

/**
 * The profile of a host, with the component's part derived from its guests. Given to the component
 * it is one like any other, except that its findings come first; with an error among them nothing
 * is planned.
 */
public final class DerivedProfile implements Profile {

  private final Profile profile;
  private final String hostName;
  private final ImmutableList<Finding> findings;

  DerivedProfile(Profile profile, String hostName, ImmutableList<Finding> findings) {
    this.profile = profile;
    this.hostName = hostName;
    this.findings = findings;
  }

  @Override
  public Optional<Element> find(String path) {
    return profile.find(path);
  }

  @Override
  public boolean typed() {
    return profile.typed();
  }

  @Override
  public String source() {
    return profile.source();
  }

  /** Returns the full name of the host; empty when nothing says it. */
  public String hostName() {
    return hostName;
  }

  /** Returns what was found while it was derived. */
  public ImmutableList<Finding> findings() {
    return findings;
  }

  /** Returns whether something was found that makes it unfit for use. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /** Returns {@code /software/components/xen}. */
  public Element component() {
    return profile.find(XenPaths.COMPONENT).orElseThrow();
  }
}
