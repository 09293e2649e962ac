package org.quattor.ncm.xen.guestfile;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CPULIST of {@code xl.cfg(5)}: {@code 0-3,5,^1}, {@code node:0}, {@code all,^7}. */
public final class CpuList {

  /** An element of the list. */
  public static final Pattern PART =
      Pattern.compile("(\\^?)(nodes?:)?([0-9]{1,5})(?:-([0-9]{1,5}))?|(?:nodes?:)?all");

  /** Xen is built for at most 4095 physical CPUs. */
  public static final int MAX_COUNT = 4095;

  private CpuList() {}

  /**
   * Returns the CPUs of a list; empty when it cannot be told without the host, which knows what
   * {@code all} and a node are.
   */
  static Optional<ImmutableSet<Integer>> numbers(String text) {
    BitSet cpus = new BitSet();
    for (String part : Splitter.on(',').trimResults().split(text)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches() || matcher.group(3) == null || matcher.group(2) != null) {
        return Optional.empty();
      }
      int from = Integer.parseInt(matcher.group(3));
      int to = matcher.group(4) == null ? from : Integer.parseInt(matcher.group(4));
      if (to < from || to > MAX_COUNT) {
        return Optional.empty();
      }
      cpus.set(from, to + 1, matcher.group(1).isEmpty());
    }
    return Optional.of(cpus.stream().boxed().collect(ImmutableSet.toImmutableSet()));
  }
}
