package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;

/**
 * A guest file as it would be written.
 *
 * @param guest the key of the guest
 * @param path where it would be written
 * @param text the whole file
 * @param findings what the file cannot say; with an error among them it is not what is declared
 */
public record GuestText(String guest, String path, String text, ImmutableList<Finding> findings) {}
