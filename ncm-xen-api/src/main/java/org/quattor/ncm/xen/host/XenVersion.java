package org.quattor.ncm.xen.host;

/**
 * A version of Xen.
 *
 * @param major such as 4
 * @param minor such as 17
 */
public record XenVersion(int major, int minor) implements Comparable<XenVersion> {

  @Override
  public int compareTo(XenVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  /** Returns {@code 4.17}. */
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
