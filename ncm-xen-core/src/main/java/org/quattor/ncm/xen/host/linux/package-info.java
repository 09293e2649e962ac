/**
 * Host operations go in, commands and files of this Linux system come out.
 *
 * <p>Start with {@link org.quattor.ncm.xen.host.linux.LinuxHost}. Every command goes through one
 * {@code CommandRunner} (argv only, never a shell); what Linux shows in {@code /proc} and {@code
 * /sys} is read there and costs none.
 */
@NullMarked
package org.quattor.ncm.xen.host.linux;

import org.jspecify.annotations.NullMarked;
