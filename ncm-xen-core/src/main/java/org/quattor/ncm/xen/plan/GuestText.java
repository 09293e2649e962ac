package org.quattor.ncm.xen.plan;

import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFilePrinter;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * A guest file as it would be written.
 *
 * @param guest the key of the guest
 * @param path where it would be written
 * @param file what it says; its passwords are in it unless it is {@link #masked}
 * @param dialect the toolstack that it is for
 */
public record GuestText(String guest, String path, GuestFile file, Toolstack dialect) {

  /** Returns the whole text of the file. */
  public String text() {
    return GuestFilePrinter.print(file, dialect);
  }

  /** Returns the file without its passwords. */
  public GuestText masked() {
    return new GuestText(guest, path, file.masked(), dialect);
  }
}
