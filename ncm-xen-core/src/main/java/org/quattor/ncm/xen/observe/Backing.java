package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.host.FileEntry;

/**
 * What lies where a disk is to be backed.
 *
 * @param entry what it is; for images links are not followed, for devices they are
 * @param diskBytes the size of the disk that a guest would see; unknown when nothing is there
 * @param users who in dom0 uses it, one clause each
 * @param identity what all names of it have in common; empty when nothing is there
 */
public record Backing(
    FileEntry entry, Reading<Long> diskBytes, ImmutableList<String> users, String identity) {}
