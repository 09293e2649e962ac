package org.quattor.ncm.xen.host;

/**
 * Where new files would go.
 *
 * @param filesystem what two folders of one file system have in common, and no two file systems
 * @param freeBytes what new files could take
 */
public record FilesystemSpace(String filesystem, long freeBytes) {}
