package org.quattor.ncm.xen.rules;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.model.XenConfiguration;

/** All rules, run over one configuration. */
public final class Rules {

  private Rules() {}

  /**
   * Returns what is wrong or doubtful, by path.
   *
   * @param hostName the full name of the host that the profile is of; empty when it is not known
   * @param profile the whole profile, for what it says of the host
   */
  public static ImmutableList<Finding> check(
      XenConfiguration configuration, String hostName, Profile profile) {
    Findings findings = new Findings();
    configuration.guests().values().forEach(guest -> GuestNames.checkOne(guest, findings));
    GuestNames.checkAll(configuration, findings);
    configuration.guests().values().forEach(guest -> DiskRules.checkOne(guest, findings));
    FetchRules.check(configuration, findings);
    DuplicateResources.check(configuration, findings);
    NetworkRules.check(configuration.network(), findings);
    AssignmentRules.check(configuration, hostName, findings);
    HostRules.check(configuration, hostName, profile, findings);
    return ImmutableList.sortedCopyOf(Rules::compare, findings.all());
  }

  /**
   * By path, then by id; a plain method, because no class-data archive has Comparator's lambdas.
   */
  private static int compare(Finding one, Finding other) {
    int byPath = one.path().compareTo(other.path());
    return byPath == 0 ? one.id().compareTo(other.id()) : byPath;
  }
}
