/**
 * The options of one guest go in, the text of its file for {@code xl} or {@code xm} comes out; and
 * the text of a file on the host goes in, its keys and values come out.
 *
 * <p>Start with {@link org.quattor.ncm.xen.guestfile.GuestFileWriter} and {@link
 * org.quattor.ncm.xen.guestfile.GuestFileReader}.
 */
@NullMarked
package org.quattor.ncm.xen.guestfile;

import org.jspecify.annotations.NullMarked;
