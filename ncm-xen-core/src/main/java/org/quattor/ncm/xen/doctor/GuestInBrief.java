package org.quattor.ncm.xen.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What the checks need of a guest.
 *
 * @param name its key
 * @param autostart whether it is to start with the host
 * @param kernelVersion the version of its kernel, such as {@code 2.6.18-164.el5xen}; null when it
 *     is unknown
 */
public record GuestInBrief(String name, boolean autostart, @Nullable String kernelVersion) {}
