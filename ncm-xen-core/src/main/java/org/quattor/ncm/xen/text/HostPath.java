package org.quattor.ncm.xen.text;

/** The two parts of an absolute path on a host. */
public final class HostPath {

  private HostPath() {}

  /** Returns the folder that the path is in; {@code /} for what is at the top. */
  public static String folder(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  /** Returns what the path is called in its folder. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
