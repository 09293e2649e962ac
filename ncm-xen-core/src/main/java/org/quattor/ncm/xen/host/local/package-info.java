/**
 * Paths of a host go in, files below a folder come out: what the Linux host and the simulated host
 * share.
 *
 * <p>Start with {@link org.quattor.ncm.xen.host.local.DirectoryFiles}; the Linux host roots it at
 * {@code /}, the simulated one at its directory.
 */
@NullMarked
package org.quattor.ncm.xen.host.local;

import org.jspecify.annotations.NullMarked;
