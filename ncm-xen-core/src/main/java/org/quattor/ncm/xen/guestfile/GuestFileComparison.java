package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.guestfile.GuestFile.Text;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.translate.Translation;

/** Compares guest files by what the toolstack makes of them: comments and layout do not count. */
public final class GuestFileComparison {

  /** What {@link Translation} writes for {@code xl} in place of keys of {@code xm}. */
  private static final ImmutableMap<String, String> SUCCESSORS =
      ImmutableMap.<String, String>builder()
          .put("builder", "type")
          .put("root", "cmdline")
          .put("extra", "cmdline")
          .put("ip", "cmdline")
          .put("netmask", "cmdline")
          .put("gateway", "cmdline")
          .put("hostname", "cmdline")
          .put("nfs_server", "cmdline")
          .put("nfs_root", "cmdline")
          .put("bootargs", "bootloader_args")
          .buildOrThrow();

  private GuestFileComparison() {}

  /**
   * Returns whether two files mean the same but for the uuid. A number in quotes is the number; the
   * order of keys does not count.
   */
  public static boolean sameMeaning(GuestFile one, GuestFile other) {
    return meaning(one).equals(meaning(other));
  }

  /**
   * Returns the keys of a file that are missing in another one that replaces it; those that are
   * translated for {@code xl} are not missing, nor are those that were empty.
   */
  public static ImmutableSortedSet<String> lostKeys(GuestFile before, GuestFile after) {
    return before.values().entrySet().stream()
        .filter(entry -> !entry.getValue().plain().isEmpty())
        .map(Map.Entry::getKey)
        .filter(key -> !after.values().containsKey(key))
        .filter(key -> !after.values().containsKey(SUCCESSORS.getOrDefault(key, key)))
        .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
  }

  /** Returns the keys that two files give different values, the uuid left out. */
  public static ImmutableSortedSet<String> changedKeys(GuestFile before, GuestFile after) {
    Map<String, Value> one = meaning(before);
    Map<String, Value> other = meaning(after);
    return Sets.union(one.keySet(), other.keySet()).stream()
        .filter(key -> !Objects.equals(one.get(key), other.get(key)))
        .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
  }

  private static Map<String, Value> meaning(GuestFile file) {
    Map<String, Value> meaning = new HashMap<>();
    file.values().forEach((key, value) -> meaning.put(key, withoutNumbers(value)));
    meaning.remove("uuid");
    return meaning;
  }

  private static Value withoutNumbers(Value value) {
    return value instanceof Items items
        ? new Items(
            items.elements().stream()
                .map(GuestFileComparison::withoutNumbers)
                .collect(ImmutableList.toImmutableList()))
        : new Text(value.plain());
  }
}
