package org.quattor.ncm.xen.plan;

import java.util.regex.Pattern;

/** Whose a process of the toolstack is, known by the guest file that it was given. */
public final class ToolstackProcesses {

  private static final Pattern SUFFIX = Pattern.compile("\\.(?:start|cfg|conf)$");

  private ToolstackProcesses() {}

  /**
   * Returns whether a process works for a guest.
   *
   * @param process the name of the file that the process was given
   * @param key the guest's key, which names its file
   * @param domain the guest's name at the toolstack
   */
  public static boolean isOf(String process, String key, String domain) {
    String name = SUFFIX.matcher(process).replaceFirst("");
    return name.equals(key) || name.equals(domain) || process.equals(key) || process.equals(domain);
  }
}
