package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;

/**
 * The guest files of a profile.
 *
 * @param findings what is wrong with the profile, as far as it can be told without a host
 * @param files the files; none when there is an error among the findings
 */
public record ShownGuests(ImmutableList<Finding> findings, ImmutableList<GuestText> files) {

  /** Returns the same without the passwords in the files. */
  public ShownGuests masked() {
    return new ShownGuests(
        findings, files.stream().map(GuestText::masked).collect(ImmutableList.toImmutableList()));
  }
}
