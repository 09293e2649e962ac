package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;

/** Collects what is found while variables and profiles are read. */
final class Findings {

  private final List<Finding> all = new ArrayList<>();

  void error(String id, String path, String found, String expected, String hint) {
    all.add(new Finding(id, Severity.ERROR, path, found, expected, hint));
  }

  void warning(String id, String path, String found, String expected, String hint) {
    all.add(new Finding(id, Severity.WARNING, path, found, expected, hint));
  }

  void note(String id, String path, String found, String hint) {
    all.add(new Finding(id, Severity.NOTE, path, found, "", hint));
  }

  void addAll(List<Finding> others) {
    all.addAll(others);
  }

  ImmutableList<Finding> all() {
    return ImmutableList.copyOf(all);
  }
}
