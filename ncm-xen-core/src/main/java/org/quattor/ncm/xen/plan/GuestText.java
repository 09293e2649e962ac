package org.quattor.ncm.xen.plan;

import org.quattor.ncm.xen.text.Secrets;

/**
 * A guest file as it would be written.
 *
 * @param guest the key of the guest
 * @param path where it would be written
 * @param text the whole file; its passwords are in it unless it is {@link #masked}
 */
public record GuestText(String guest, String path, String text) {

  /** Returns the file without its passwords. */
  public GuestText masked() {
    return new GuestText(guest, path, Secrets.maskedFile(text));
  }
}
