package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;

/**
 * A guest file as it would be written.
 *
 * @param guest the key under {@code domains}
 * @param path where the file belongs on the host
 * @param text the exact text; empty when the guest cannot be written
 * @param findings what is to be said about it
 */
public record GuestText(String guest, String path, String text, ImmutableList<Finding> findings) {}
