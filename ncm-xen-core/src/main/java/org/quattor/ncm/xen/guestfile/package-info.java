/**
 * Guest files of {@code xl} and {@code xm} as data: printed, read, compared, and shown without
 * their secrets. Nothing here knows profiles or makes findings.
 *
 * <p>Start with {@link org.quattor.ncm.xen.guestfile.GuestFile}.
 */
@NullMarked
package org.quattor.ncm.xen.guestfile;

import org.jspecify.annotations.NullMarked;
