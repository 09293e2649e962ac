package org.quattor.ncm.xen.finding;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;

/** Collects what a stage finds, in order. The parts of a finding are those of {@link Finding}. */
public final class Findings {

  private final List<Finding> all = new ArrayList<>();

  /** Adds one that makes the profile invalid, or keeps a guest from being served. */
  public void error(String id, String path, String found, String expected, String hint) {
    all.add(new Finding(id, Severity.ERROR, path, found, expected, hint));
  }

  /** Adds one that is doubtful. */
  public void warning(String id, String path, String found, String expected, String hint) {
    all.add(new Finding(id, Severity.WARNING, path, found, expected, hint));
  }

  /** Adds one that is worth knowing; nothing else is expected. */
  public void note(String id, String path, String found, String hint) {
    all.add(new Finding(id, Severity.NOTE, path, found, "", hint));
  }

  /** Adds one that was made elsewhere. */
  public void add(Finding finding) {
    all.add(finding);
  }

  /** Adds those of another stage. */
  public void addAll(List<Finding> others) {
    all.addAll(others);
  }

  /** Returns those so far. */
  public ImmutableList<Finding> all() {
    return ImmutableList.copyOf(all);
  }
}
