/**
 * A directory goes in, a Xen host comes out: files, volumes, images and domains without Xen, LVM or
 * root.
 *
 * <p>Start with {@link org.quattor.ncm.xen.host.simulated.SimulatedHost} and {@link
 * org.quattor.ncm.xen.host.simulated.SimulatedHostSpec}; {@link
 * org.quattor.ncm.xen.host.simulated.FailingHost} makes any host fail or die at a chosen operation.
 *
 * <p>The files of the host lie in the directory under their own paths ({@code /etc/xen/vm1} is
 * {@code DIR/etc/xen/vm1}); all the rest is in {@code DIR/host.json}, whose form is {@code
 * ncm-xen.simulated-host/1}, described in {@code docs/simulated-host.md}.
 */
@NullMarked
package org.quattor.ncm.xen.host.simulated;

import org.jspecify.annotations.NullMarked;
