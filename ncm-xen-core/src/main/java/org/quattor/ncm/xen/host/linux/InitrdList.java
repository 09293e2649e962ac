package org.quattor.ncm.xen.host.linux;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;

/**
 * What {@code lsinitramfs(8)} (a name on a line) and {@code lsinitrd(1)} (lines of {@code ls -l}
 * between others) print.
 */
final class InitrdList {

  /** Those that can list, the first that is there is asked. */
  static final ImmutableList<String> PROGRAMS = ImmutableList.of("lsinitramfs", "lsinitrd");

  private InitrdList() {}

  /** Returns the last word of each line, without the target of a link. */
  static ImmutableList<String> parse(String output) {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    output
        .lines()
        .forEach(
            line -> {
              int arrow = line.indexOf(" -> ");
              String entry = (arrow < 0 ? line : line.substring(0, arrow)).stripTrailing();
              names.add(entry.substring(CharMatcher.whitespace().lastIndexIn(entry) + 1));
            });
    return names.build();
  }
}
