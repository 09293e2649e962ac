package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.host.DiskIdentity;
import org.quattor.ncm.xen.host.FileEntry;

/**
 * What has the path of a fetched file.
 *
 * @param entry what it is; links are not followed
 * @param sha256 the digest of a regular file; empty for anything else
 * @param identity what all names of it have in common
 * @param users what uses it in dom0, one clause each; read only when it is to be replaced
 * @param image whether it is an image file that ncm-xen created
 */
public record FetchedFile(
    FileEntry entry,
    String sha256,
    DiskIdentity identity,
    Observed<ImmutableList<String>> users,
    boolean image) {}
