package org.quattor.ncm.xen.host;

/** How the space of a new image file is taken. */
public enum Allocation {
  /** Taken when the guest writes: a hole. Costs milliseconds whatever the size. */
  SPARSE,
  /** Reserved at once without writing it ({@code fallocate(2)}). */
  RESERVED,
  /** Written full of zeros. */
  ZEROED
}
