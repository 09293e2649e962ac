package org.quattor.ncm.xen.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers where things were first used, to find those that are used twice. */
final class Uses<T> {

  private final Map<T, String> first = new HashMap<>();

  /** Notes a use; returns the path of the first one if there was one. */
  Optional<String> add(T thing, String path) {
    return Optional.ofNullable(first.putIfAbsent(thing, path));
  }
}
