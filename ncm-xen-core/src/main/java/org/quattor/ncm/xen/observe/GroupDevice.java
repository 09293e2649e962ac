package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;

/**
 * A device on which a volume group is to be created.
 *
 * @param entry what it is
 * @param identity what all names of it have in common
 * @param users what uses it in dom0, one clause each
 * @param contents what it holds, one clause each; empty when it is blank, and where it is in use
 */
public record GroupDevice(
    FileEntry entry,
    DiskIdentity identity,
    ImmutableList<String> users,
    ImmutableList<String> contents) {}
