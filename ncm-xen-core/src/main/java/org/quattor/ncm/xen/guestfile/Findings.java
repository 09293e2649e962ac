package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;

/** Collects what there is to say about one file. */
final class Findings {

  private final ImmutableList.Builder<Finding> all = ImmutableList.builder();

  void error(String id, String path, String found, String expected, String hint) {
    all.add(new Finding(id, Severity.ERROR, path, found, expected, hint));
  }

  void warning(String id, String path, String found, String expected, String hint) {
    all.add(new Finding(id, Severity.WARNING, path, found, expected, hint));
  }

  ImmutableList<Finding> list() {
    return all.build();
  }
}
