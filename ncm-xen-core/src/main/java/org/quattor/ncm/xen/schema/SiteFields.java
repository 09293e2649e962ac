package org.quattor.ncm.xen.schema;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.finding.Catalogue;

/**
 * Brings the verdict of a site's schema and that of our own together. All that we rely on has to
 * hold under a site's schema too; but a field that it declares and we do not know is only noted.
 */
final class SiteFields {

  private static final String UNKNOWN_FIELD = "XEN002";

  private SiteFields() {}

  static ImmutableList<Finding> merge(ImmutableList<Finding> site, ImmutableList<Finding> own) {
    Set<Finding> all = new LinkedHashSet<>(site);
    for (Finding finding : own) {
      if (!finding.id().equals(UNKNOWN_FIELD)) {
        all.add(finding);
      } else if (site.stream().noneMatch(other -> sameField(other, finding))) {
        all.add(Catalogue.finding("XEN013", finding.path(), "reason", finding.found()));
      }
    }
    return ImmutableList.copyOf(all);
  }

  private static boolean sameField(Finding other, Finding finding) {
    return other.id().equals(UNKNOWN_FIELD)
        && other.path().equals(finding.path())
        && other.found().equals(finding.found());
  }
}
