package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.host.local.JsonTree;

/**
 * Reads the state of a simulated host. A field that is missing has the value of {@link
 * SimulatedHostSpec#bare}, so that a file written by hand holds what matters only; an unknown field
 * is refused, since it would be a slip.
 */
final class StateReader {

  private static final Pattern VERSION = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})");
  private static final ImmutableSet<String> FIELDS =
      ImmutableSet.of(
          "format",
          "hostName",
          "toolstacks",
          "xendRunning",
          "dom0",
          "xenVersion",
          "imageSpaceBytes",
          "volumeGroups",
          "volumes",
          "blockDevices",
          "users",
          "images",
          "urls",
          "bridges",
          "devices",
          "domains",
          "watched",
          "transfers");

  private StateReader() {}

  /**
   * Reads the document.
   *
   * @param source what to call it in messages
   * @throws HostFailure with the place of what is wrong
   */
  static SimulatedHostSpec read(String source, String text) throws HostFailure {
    JsonTree tree = JsonTree.parseStrictly(source, text);
    known(tree, FIELDS);
    if (!string(tree, "format", "").equals(StateWriter.FORMAT)) {
      throw tree.expected("the field format with " + StateWriter.FORMAT);
    }
    SimulatedHostSpec bare = SimulatedHostSpec.bare();
    try {
      return new SimulatedHostSpec(
          facts(tree, bare.facts()),
          number(tree, "imageSpaceBytes", bare.imageSpaceBytes()),
          each(tree, "volumeGroups", StateReader::group),
          each(tree, "volumes", StateReader::volume),
          each(tree, "blockDevices", StateReader::blockDevice),
          each(tree, "users", StateReader::items),
          ImmutableSortedSet.copyOf(strings(tree, "images")),
          each(tree, "urls", StateReader::digest),
          NetworkForm.readAll(tree),
          DomainForm.readAll(tree),
          ImmutableSortedSet.copyOf(strings(tree, "watched")),
          transfers(tree));
    } catch (IllegalArgumentException e) {
      throw new HostFailure(source + " contradicts itself: " + e.getMessage(), e);
    }
  }

  private static HostFacts facts(JsonTree tree, HostFacts bare) throws HostFailure {
    ImmutableSet.Builder<Toolstack> toolstacks = ImmutableSet.builder();
    Optional<JsonTree> listed = tree.field("toolstacks");
    if (listed.isPresent()) {
      for (JsonTree item : listed.get().items()) {
        toolstacks.add(oneOf(item, Toolstack.values(), Toolstack::command));
      }
    } else {
      toolstacks.addAll(bare.toolstacks());
    }
    return new HostFacts(
        toolstacks.build(),
        bool(tree, "xendRunning", bare.xendRunning()),
        bool(tree, "dom0", bare.dom0()),
        version(tree.field("xenVersion"), bare.xenVersion()),
        string(tree, "hostName", bare.hostName()));
  }

  private static @Nullable XenVersion version(
      Optional<JsonTree> field, @Nullable XenVersion missing) throws HostFailure {
    if (field.isEmpty()) {
      return missing;
    }
    String text = field.get().string();
    Matcher matcher = VERSION.matcher(text);
    if (matcher.matches()) {
      return new XenVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
    if (text.isEmpty()) {
      return null;
    }
    throw field.get().expected("a version such as 4.17, or an empty string");
  }

  private static SimulatedHostSpec.Group group(JsonTree tree) throws HostFailure {
    known(tree, ImmutableSet.of("sizeBytes", "extentBytes", "devices"));
    return new SimulatedHostSpec.Group(
        required(tree, "sizeBytes").number(0),
        number(tree, "extentBytes", SimulatedHostSpec.EXTENT_BYTES),
        ImmutableSortedSet.copyOf(strings(tree, "devices")));
  }

  private static SimulatedHostSpec.Volume volume(JsonTree tree) throws HostFailure {
    known(tree, ImmutableSet.of("sizeBytes", "tags", "content"));
    return new SimulatedHostSpec.Volume(
        required(tree, "sizeBytes").number(1),
        ImmutableSortedSet.copyOf(strings(tree, "tags")),
        string(tree, "content", ""));
  }

  private static SimulatedHostSpec.BlockDevice blockDevice(JsonTree tree) throws HostFailure {
    known(tree, ImmutableSet.of("sizeBytes", "contents"));
    return new SimulatedHostSpec.BlockDevice(
        required(tree, "sizeBytes").number(1), strings(tree, "contents"));
  }

  private static String digest(JsonTree tree) throws HostFailure {
    String text = tree.string();
    if (!text.matches("[0-9a-f]{64}")) {
      throw tree.expected("a SHA-256 digest, 64 hexadecimal digits in lower case");
    }
    return text;
  }

  /** Reads words such as {@code save web} and {@code receive}. */
  private static ImmutableSortedSet<DomainTransfer> transfers(JsonTree tree) throws HostFailure {
    ImmutableSortedSet.Builder<DomainTransfer> transfers = ImmutableSortedSet.naturalOrder();
    Optional<JsonTree> field = tree.field("transfers");
    if (field.isPresent()) {
      for (JsonTree item : field.get().items()) {
        transfers.add(transfer(item));
      }
    }
    return transfers.build();
  }

  private static DomainTransfer transfer(JsonTree item) throws HostFailure {
    String[] words = item.string().split(" ", 2);
    for (DomainTransfer.Kind kind : DomainTransfer.Kind.values()) {
      if (StateWriter.word(kind).equals(words[0])) {
        return new DomainTransfer(kind, words.length > 1 ? words[1] : "");
      }
    }
    throw item.expected("receive, send NAME or save NAME");
  }

  static int id(JsonTree tree) throws HostFailure {
    long id = tree.number(1);
    if (id > Short.MAX_VALUE) {
      throw tree.expected("a domain number, at most " + Short.MAX_VALUE);
    }
    return (int) id;
  }

  private interface Body<V> {
    V read(JsonTree tree) throws HostFailure;
  }

  private static <V> ImmutableSortedMap<String, V> each(JsonTree tree, String name, Body<V> body)
      throws HostFailure {
    Map<String, V> map = new TreeMap<>();
    Optional<JsonTree> field = tree.field(name);
    if (field.isPresent()) {
      for (Map.Entry<String, JsonTree> entry : field.get().fields().entrySet()) {
        map.put(entry.getKey(), body.read(entry.getValue()));
      }
    }
    return ImmutableSortedMap.copyOf(map);
  }

  static ImmutableList<String> strings(JsonTree tree, String name) throws HostFailure {
    Optional<JsonTree> field = tree.field(name);
    return field.isPresent() ? items(field.get()) : ImmutableList.of();
  }

  private static ImmutableList<String> items(JsonTree tree) throws HostFailure {
    ImmutableList.Builder<String> strings = ImmutableList.builder();
    for (JsonTree item : tree.items()) {
      strings.add(item.string());
    }
    return strings.build();
  }

  static String string(JsonTree tree, String name, String missing) throws HostFailure {
    Optional<JsonTree> field = tree.field(name);
    return field.isPresent() ? field.get().string() : missing;
  }

  static long number(JsonTree tree, String name, long missing) throws HostFailure {
    Optional<JsonTree> field = tree.field(name);
    return field.isPresent() ? field.get().number(0) : missing;
  }

  static boolean bool(JsonTree tree, String name, boolean missing) throws HostFailure {
    Optional<JsonTree> field = tree.field(name);
    return field.isPresent() ? field.get().bool() : missing;
  }

  static JsonTree required(JsonTree tree, String name) throws HostFailure {
    return tree.field(name).orElseThrow(() -> tree.expected("an object with " + name));
  }

  static <E> E oneOf(JsonTree tree, E[] values, Function<E, String> text) throws HostFailure {
    String found = tree.string();
    for (E value : values) {
      if (text.apply(value).equals(found)) {
        return value;
      }
    }
    throw tree.expected("one of " + Arrays.stream(values).map(text).toList());
  }

  static void known(JsonTree tree, Set<String> names) throws HostFailure {
    for (Map.Entry<String, JsonTree> field : tree.fields().entrySet()) {
      if (!names.contains(field.getKey())) {
        throw field.getValue().expected("no such field; those known here are " + names);
      }
    }
  }
}
