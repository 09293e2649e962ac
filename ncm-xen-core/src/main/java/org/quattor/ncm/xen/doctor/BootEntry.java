package org.quattor.ncm.xen.doctor;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the boot menu that boots Xen.
 *
 * @param title what the menu shows
 * @param index its place in the menu, {@code >} between a submenu and the entry in it
 * @param key the id that GRUB knows it by; empty when there is none
 * @param xen the line that loads the hypervisor
 * @param kernel the line that loads dom0's kernel
 * @param initrd the line that loads the initial RAM disk; null when there is none
 */
record BootEntry(
    String title,
    String index,
    String key,
    BootLine xen,
    BootLine kernel,
    @Nullable BootLine initrd) {}
