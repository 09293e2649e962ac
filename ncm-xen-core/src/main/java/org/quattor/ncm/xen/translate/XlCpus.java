package org.quattor.ncm.xen.translate;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.guestfile.CpuList;

/** A list of CPUs for {@code xl}, which refuses what is not one. */
final class XlCpus {

  private XlCpus() {}

  /** Returns the list without blanks; reports why xl would refuse it, or find no CPU in it. */
  static Optional<String> normalise(String text, String path, Findings findings) {
    List<String> parts = new ArrayList<>();
    BitSet cpus = new BitSet();
    boolean nodes = false;
    for (String part : Splitter.on(',').trimResults().split(text)) {
      Matcher matcher = CpuList.PART.matcher(part);
      if (!matcher.matches()) {
        findings.add("XEN241", path, "part", part);
        return Optional.empty();
      }
      parts.add(part);
      String first = matcher.group(3);
      if (first == null) {
        cpus.set(0, CpuList.MAX_COUNT + 1);
        continue;
      }
      String second = matcher.group(4);
      int from = Integer.parseInt(first);
      int to = second == null ? from : Integer.parseInt(second);
      if (to < from || to > CpuList.MAX_COUNT) {
        findings.add("XEN241.range", path, "part", part, "max", CpuList.MAX_COUNT);
        return Optional.empty();
      }
      nodes |= matcher.group(2) != null;
      cpus.set(from, to + 1, matcher.group(1).isEmpty());
    }
    if (cpus.isEmpty() && !nodes) {
      findings.add("XEN241.empty", path);
      return Optional.empty();
    }
    return Optional.of(String.join(",", parts));
  }
}
