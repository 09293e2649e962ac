package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;

/**
 * What has the path of a disk.
 *
 * @param entry what it is; for images links are not followed, for devices they are
 * @param diskBytes the size of the disk that a guest would see; unknown when nothing is there
 * @param users what uses it in dom0, one clause each; unknown where a running domain uses it, on
 *     whose behalf dom0 does
 * @param identity what all names of it have in common
 */
public record Backing(
    FileEntry entry,
    Observed<Long> diskBytes,
    Observed<ImmutableList<String>> users,
    DiskIdentity identity) {}
