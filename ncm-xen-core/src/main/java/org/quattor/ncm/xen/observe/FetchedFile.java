package org.quattor.ncm.xen.observe;

import org.quattor.ncm.xen.host.FileEntry;

/**
 * What lies where a file is to be fetched to.
 *
 * @param entry what it is; links are not followed
 * @param sha256 the digest of a regular file; empty for anything else
 */
public record FetchedFile(FileEntry entry, String sha256) {}
