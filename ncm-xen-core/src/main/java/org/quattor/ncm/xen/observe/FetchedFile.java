package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;

/**
 * What lies where a file is to be fetched to.
 *
 * @param entry what it is; links are not followed
 * @param sha256 the digest of a regular file; empty for anything else
 * @param identity what all names of it have in common
 * @param users who in dom0 uses it, one clause each; asked only when it is to be replaced
 * @param image whether it is an image that ncm-xen made
 */
public record FetchedFile(
    FileEntry entry,
    String sha256,
    DiskIdentity identity,
    Observed<ImmutableList<String>> users,
    boolean image) {}
