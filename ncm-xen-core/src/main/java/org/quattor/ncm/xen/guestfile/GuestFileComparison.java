package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.guestfile.GuestFile.Text;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.host.Toolstack;

/** Compares guest files by what the toolstack makes of them: comments and layout do not count. */
public final class GuestFileComparison {

  /** What {@link GuestFileWriter} writes for {@code xl} in place of keys of {@code xm}. */
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

  private static final Value NOTHING = new Text("");

  private GuestFileComparison() {}

  /**
   * Returns whether two files mean the same but for the uuid. A number in quotes is the number; the
   * order of keys does not count. Files of which one cannot be read mean the same when they are
   * equal.
   */
  public static boolean sameMeaning(String one, String other, Toolstack dialect) {
    return one.equals(other)
        || (GuestFileReader.read(one, dialect) instanceof GuestFile first
            && GuestFileReader.read(other, dialect) instanceof GuestFile second
            && meaning(first).equals(meaning(second)));
  }

  /**
   * Returns the keys of a file that are gone when another takes its place; those that are
   * translated for {@code xl} are not gone, nor are those that were empty. Empty when one of them
   * cannot be read.
   *
   * @param dialect of the new file; a file of the Perl component is always read as one for {@code
   *     xm}
   */
  public static Optional<ImmutableSortedSet<String>> lostKeys(
      String before, String after, Toolstack dialect) {
    Toolstack dialectBefore = FileOrigin.of("", before) == FileOrigin.PERL ? Toolstack.XM : dialect;
    if (!(GuestFileReader.read(before, dialectBefore) instanceof GuestFile first)
        || !(GuestFileReader.read(after, dialect) instanceof GuestFile second)) {
      return Optional.empty();
    }
    return Optional.of(
        first.values().keySet().stream()
            .filter(key -> !second.values().containsKey(key))
            .filter(key -> !first.values().getOrDefault(key, NOTHING).plain().isEmpty())
            .filter(key -> !second.values().containsKey(SUCCESSORS.getOrDefault(key, key)))
            .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)));
  }

  /**
   * Returns the keys that two files give different values, the uuid left out; none when one of them
   * cannot be read.
   */
  public static ImmutableSortedSet<String> changedKeys(
      String before, String after, Toolstack dialect) {
    if (before.equals(after)
        || !(GuestFileReader.read(before, dialect) instanceof GuestFile first)
        || !(GuestFileReader.read(after, dialect) instanceof GuestFile second)) {
      return ImmutableSortedSet.of();
    }
    Map<String, Value> one = meaning(first);
    Map<String, Value> other = meaning(second);
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
