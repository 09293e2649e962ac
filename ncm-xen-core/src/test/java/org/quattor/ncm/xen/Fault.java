package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.LvmInventory;

/** What can go wrong at an operation of a host. */
enum Fault {
  /** It does nothing and fails. */
  FAILS,
  /** It does its work, but does not come back in time. */
  HANGS,
  /** Its program prints nonsense. */
  PRINTS_GARBAGE,
  /** Its program prints half of what it should, and says that all is well. */
  PRINTS_HALF,
  /** Its program is there no longer. */
  DISAPPEARS,
  /** From now on nothing has room. */
  DISK_FULL,
  /** From now on no file can be changed. */
  READ_ONLY,
  /** It is forbidden, however often it is tried. */
  DENIED,
  /** The run dies before it. */
  KILLED_BEFORE,
  /** The run dies after it. */
  KILLED_AFTER,
  /**
   * Right after it the world changes, and what it answered is no longer true: {@link Intruders}.
   */
  LATE,
  /** It answers what is not true, each time, while others have the disks: {@link Lies}. */
  LYING;

  /** Stands in every message of a fault, so that a report can be searched for it. */
  static final String MARK = "fault of the matrix";

  /** The work of an operation. */
  interface Work {
    Object run() throws Throwable;
  }

  /** Returns whether it can happen at the operation. */
  boolean fits(HostOperation operation) {
    return switch (this) {
      case FAILS, HANGS, DENIED, KILLED_BEFORE -> true;
      case KILLED_AFTER -> operation.changes();
      case LATE -> !operation.changes();
      case LYING -> Lies.fits(operation);
      case PRINTS_GARBAGE -> operation.runsAProgram() && !operation.changes();
      case PRINTS_HALF ->
          operation.runsAProgram() && canBeHalved(operation.method().getReturnType());
      case DISAPPEARS -> operation.runsAProgram();
      case DISK_FULL -> operation.needsRoom();
      case READ_ONLY -> operation.writesToAFileSystem();
    };
  }

  private static boolean canBeHalved(Class<?> type) {
    return type == LvmInventory.class
        || Collection.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type);
  }

  /** Returns whether another operation fails, once this has happened at one. */
  boolean spreadsTo(HostOperation other, HostOperation first) {
    return switch (this) {
      case FAILS, HANGS, PRINTS_GARBAGE, PRINTS_HALF, KILLED_BEFORE, KILLED_AFTER, LATE -> false;
      case DENIED, LYING -> other.equals(first);
      case DISAPPEARS -> other.role() == first.role();
      case DISK_FULL -> other.needsRoom();
      case READ_ONLY -> other.writesToAFileSystem();
    };
  }

  /** Returns whether a message need not name it: nothing fails. */
  boolean isSilent() {
    return this == PRINTS_HALF || this == LATE || this == LYING;
  }

  /** Lets it happen. */
  Object happen(HostOperation operation, Work work, Intruders intruders) throws Throwable {
    switch (this) {
      case LATE -> {
        Object truth = work.run();
        intruders.come();
        return truth;
      }
      case LYING -> {
        return Lies.about(operation, work.run());
      }
      case HANGS -> {
        work.run();
        throw failure(operation, "did not end within 120 s and was ended");
      }
      case PRINTS_GARBAGE -> {
        if (operation.method().getReturnType() == List.class
            && operation.toString().contains("contents")) {
          return List.of("\u001b[2J\u0000 " + MARK + "\n[OK]   nonsense");
        }
        throw failure(operation, "printed what cannot be understood: \\u{1b}[2J");
      }
      case PRINTS_HALF -> {
        return half(work.run());
      }
      case KILLED_BEFORE -> throw new Killed();
      case KILLED_AFTER -> {
        work.run();
        throw new Killed();
      }
      case FAILS -> throw failure(operation, "failed with exit status 5");
      case DISAPPEARS -> throw failure(operation, "cannot be run: it is not installed");
      case DISK_FULL -> throw failure(operation, "No space left on device");
      case READ_ONLY -> throw failure(operation, "Read-only file system");
      case DENIED -> throw failure(operation, "Permission denied");
    }
    throw new AssertionError(this);
  }

  private static HostFailure failure(HostOperation operation, String what) {
    return new HostFailure(operation + ": " + what + " (" + MARK + ")");
  }

  private static Object half(Object whole) {
    if (whole instanceof LvmInventory lvm) {
      return new LvmInventory(lvm.groups(), halfOf(lvm.volumes()));
    }
    if (whole instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked")
      Map<String, Object> typed = (Map<String, Object>) map;
      return halfOf(new TreeMap<>(typed));
    }
    List<Object> items = new ArrayList<>((Collection<?>) whole);
    List<Object> half = items.subList(0, (items.size() + 1) / 2);
    return whole instanceof List<?> ? half : new HashSet<>(half);
  }

  private static <V> SortedMap<String, V> halfOf(SortedMap<String, V> whole) {
    ImmutableSortedMap.Builder<String, V> half = ImmutableSortedMap.naturalOrder();
    Iterator<Map.Entry<String, V>> entries = whole.entrySet().iterator();
    for (int i = 0; i < (whole.size() + 1) / 2; i++) {
      half.put(entries.next());
    }
    return half.build();
  }

  /** The run has died. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
