package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;

/**
 * The text of a guest file, and what there is to say about it.
 *
 * @param text the whole file, ending with a line feed, to be written as UTF-8; what an error is
 *     about is left out of it
 * @param findings in the order of the file; none of them holds the value of a secret
 */
public record RenderedFile(String text, ImmutableList<Finding> findings) {

  /** Returns whether the file must not be written, because it is not what was declared. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
