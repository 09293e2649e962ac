package org.quattor.ncm.xen.plan;

/**
 * A guest file as it would be written.
 *
 * @param guest the key of the guest
 * @param path where it would be written
 * @param text the whole file
 */
public record GuestText(String guest, String path, String text) {}
