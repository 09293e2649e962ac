package org.quattor.ncm.xen.observe;

import org.quattor.ncm.xen.host.DiskIdentity;

/**
 * A disk that a running domain uses.
 *
 * @param domain the domain's name
 * @param target the path in dom0, as the toolstack tells it
 * @param writable whether the domain may write to it
 * @param identity what all names of the target have in common
 */
public record DomainDisk(String domain, String target, boolean writable, DiskIdentity identity) {}
