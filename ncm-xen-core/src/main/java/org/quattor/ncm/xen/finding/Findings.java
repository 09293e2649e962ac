package org.quattor.ncm.xen.finding;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.component.Finding;

/** Collects what a stage finds, in order. */
public final class Findings {

  private final List<Finding> all = new ArrayList<>();

  /** Adds one of the catalogue, see {@link Catalogue#finding}. */
  public void add(String form, String path, Object... values) {
    all.add(Catalogue.finding(form, path, values));
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
