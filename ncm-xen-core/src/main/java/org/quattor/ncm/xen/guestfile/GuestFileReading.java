package org.quattor.ncm.xen.guestfile;

/** What came of reading a guest file: {@link GuestFile} or {@link Unreadable}. */
public sealed interface GuestFileReading permits GuestFile, GuestFileReading.Unreadable {

  /**
   * The text is no guest file of the dialect, or uses more of Python than values.
   *
   * @param line where reading stopped, counted from 1
   * @param reason why, without anything that stands in the file, since that may be a secret
   */
  record Unreadable(int line, String reason) implements GuestFileReading {}
}
