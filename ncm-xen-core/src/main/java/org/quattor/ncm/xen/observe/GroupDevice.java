package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.host.DiskIdentity;

/**
 * A device that a volume group is to be made on.
 *
 * @param sizeBytes its size
 * @param identity what all names of it have in common
 * @param contents whatever keeps it from becoming a physical volume, one clause each; empty when it
 *     is blank and nobody uses it
 */
public record GroupDevice(long sizeBytes, DiskIdentity identity, ImmutableList<String> contents) {}
