package org.quattor.ncm.xen.plan;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import java.util.HashSet;
import java.util.Set;

/** What is planned for each bridge: the steps that it needs, or that it will be missing. */
final class BridgeDraft {

  private final SetMultimap<String, String> steps = HashMultimap.create();
  private final Set<String> missing = new HashSet<>();

  void step(String bridge, String id) {
    steps.put(bridge, id);
  }

  void missing(String bridge) {
    missing.add(bridge);
  }

  boolean isMissing(String bridge) {
    return missing.contains(bridge);
  }

  ImmutableSet<String> stepsFor(String bridge) {
    return ImmutableSet.copyOf(steps.get(bridge));
  }
}
