package org.quattor.ncm.xen.host;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What all names of a file or block device have in common, and what it is a part of. One disk has
 * many names: links, the partition and the whole, a loop device and its file, a mapped device and
 * what it is mapped to.
 *
 * @param own the file or device itself; empty when nothing is there
 * @param below what it lies on: the disk of a partition, the file of a loop device, the members of
 *     a mapped device, and what those lie on
 */
public record DiskIdentity(String own, Set<String> below) {
  /** Nothing is there. */
  public static final DiskIdentity NOTHING = new DiskIdentity("", Set.of());

  /** Copies the set; sorted, so that equal identities print alike. */
  public DiskIdentity {
    below = Collections.unmodifiableSet(new TreeSet<>(below));
  }

  /** Returns whether something is there. */
  public boolean exists() {
    return !own.isEmpty();
  }

  /**
   * Returns whether a write to one can change what the other holds: they are the same, or one is a
   * part of the other.
   */
  public boolean overlaps(DiskIdentity other) {
    return exists()
        && other.exists()
        && (own.equals(other.own) || below.contains(other.own) || other.below.contains(own));
  }
}
