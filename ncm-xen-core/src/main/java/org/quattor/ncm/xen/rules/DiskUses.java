package org.quattor.ncm.xen.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.xen.model.DiskName;
import org.quattor.ncm.xen.model.DiskName.Name;

/** Remembers for each disk what first used it; partitions and the whole disk have to do with it. */
final class DiskUses<T> {

  private final Map<Name, T> exact = new HashMap<>();
  private final Map<String, T> anyPart = new HashMap<>();

  /** Returns what first used the disk, a part of it, or what it is a part of. */
  Optional<T> find(DiskName disk) {
    for (Name name : disk.names()) {
      T found =
          name.partition().isEmpty()
              ? anyPart.get(name.whole())
              : exact.getOrDefault(name, exact.get(new Name(name.whole(), "")));
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** Notes a use; the first one of a disk stays. */
  void add(DiskName disk, T use) {
    for (Name name : disk.names()) {
      exact.putIfAbsent(name, use);
      anyPart.putIfAbsent(name.whole(), use);
    }
  }
}
