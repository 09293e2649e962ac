package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * A guest file for a toolstack, and what there is to say about it.
 *
 * @param file without what an error is about
 * @param dialect the toolstack that it is for
 * @param findings in the order of the file; none of them holds the value of a secret
 */
public record RenderedFile(GuestFile file, Toolstack dialect, ImmutableList<Finding> findings) {

  /** Returns the text of the file. */
  public String text() {
    return GuestFilePrinter.print(file, dialect);
  }

  /** Returns whether the file must not be written, because it is not what was declared. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
