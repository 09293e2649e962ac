package org.quattor.ncm.xen.guestfile;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CPULIST of {@code xl.cfg(5)}: {@code 0-3,5,^1}, {@code node:0}, {@code all,^7}. */
public final class CpuList {

  private static final Pattern PART =
      Pattern.compile("(\\^?)(nodes?:)?([0-9]{1,5})(?:-([0-9]{1,5}))?|(?:nodes?:)?all");

  /** Xen is built for at most 4095 physical CPUs. */
  private static final int MAX_COUNT = 4095;

  private CpuList() {}

  /** Returns the list without blanks; tells why xl would not take it, or would end up empty. */
  public static Optional<String> normalise(String text, Consumer<String> problem) {
    List<String> parts = new ArrayList<>();
    BitSet cpus = new BitSet();
    boolean nodes = false;
    for (String part : Splitter.on(',').trimResults().split(text)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        problem.accept(Quoting.shown(part) + " is not a CPU");
        return Optional.empty();
      }
      parts.add(part);
      String first = matcher.group(3);
      if (first == null) {
        cpus.set(0, MAX_COUNT + 1);
        continue;
      }
      String second = matcher.group(4);
      int from = Integer.parseInt(first);
      int to = second == null ? from : Integer.parseInt(second);
      if (to < from || to > MAX_COUNT) {
        problem.accept(Quoting.shown(part) + " is not a range of CPUs");
        return Optional.empty();
      }
      nodes |= matcher.group(2) != null;
      cpus.set(from, to + 1, matcher.group(1).isEmpty());
    }
    if (cpus.isEmpty() && !nodes) {
      problem.accept("no CPU is left of it");
      return Optional.empty();
    }
    return Optional.of(String.join(",", parts));
  }

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
