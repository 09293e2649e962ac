package org.quattor.ncm.xen.guestfile;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.text.Secrets;

/**
 * An element of {@code disk} or {@code vif}: a text that the toolstack takes apart.
 *
 * @param text as it stands in the file
 * @param keys what the text says, in the words of {@code xl-disk-configuration(5)} and {@code
 *     xl-network-configuration(5)}, whichever form it has; the value of a word alone in a {@code
 *     vif} is empty. A {@code disk} always has its {@code target}, as the last key; it is empty for
 *     an empty drive
 */
public record Device(String text, ImmutableMap<String, String> keys) implements Value {

  /** The keys of a guest file whose elements are devices. */
  static final ImmutableSet<String> KEYS = ImmutableSet.of("disk", "vif");

  private static final String TARGET = "target";
  private static final CharMatcher NOT_BLANK = CharMatcher.noneOf(" \t\n\u000b\f\r");
  private static final Splitter PARTS = Splitter.on(',').trimResults();

  /** What {@code xm} allowed around the name of a device. */
  private static final Pattern AROUND_DEVICE =
      Pattern.compile("(?:ioemu:)?([^:]*)(?::(?:(cdrom)|.*))?", Pattern.DOTALL);

  private static final Pattern PREFIXES =
      Pattern.compile("^((?:[a-z0-9]++:)*+)(.*)", Pattern.DOTALL);
  private static final Pattern NAMED = Pattern.compile("([a-z-]+)=(.*)", Pattern.DOTALL);

  /** Makes a device of its keys, in the named form. */
  public static Device of(Map<String, String> keys) {
    return new Device(
        keys.entrySet().stream()
            .map(
                key -> key.getValue().isEmpty() ? key.getKey() : part(key.getKey(), key.getValue()))
            .collect(Collectors.joining(",")),
        ImmutableMap.copyOf(keys));
  }

  private static String part(String key, String value) {
    // The target takes the rest of the text, commas and all, but one comma at the end.
    return key + "=" + value + (key.equals(TARGET) && value.endsWith(",") ? "," : "");
  }

  /** Makes a disk of its text, in any of its forms. */
  public static Device disk(String text) {
    return new Device(text, diskKeys(text));
  }

  /** Takes an element of a list apart. */
  static Device of(String key, Value value) {
    if (value instanceof Device device) {
      return device;
    }
    String text = value.plain();
    return key.equals("disk") ? disk(text) : new Device(text, Vif.parse("", text).keys());
  }

  private static ImmutableMap<String, String> diskKeys(String text) {
    int target = targetIn(text);
    Map<String, String> named = new LinkedHashMap<>();
    List<String> positions = new ArrayList<>();
    for (String part : PARTS.split(target < 0 ? text : text.substring(0, target))) {
      Matcher key = NAMED.matcher(part);
      if (key.matches()) {
        named.putIfAbsent(key.group(1), key.group(2));
      } else if (target < 0 || !part.isEmpty()) {
        positions.add(part);
      }
    }
    if (target >= 0) {
      int start = text.indexOf('=', target) + 1;
      int end = text.endsWith(",") ? text.length() - 1 : text.length();
      named.put(TARGET, end > start ? text.substring(start, end) : "");
    } else if (NAMED.matcher(PARTS.split(text).iterator().next()).matches()) {
      named.put(TARGET, "");
    }
    return byPosition(positions, named);
  }

  /** The first {@code target=} at the start of a part counts: it takes all that follows it. */
  private static int targetIn(String text) {
    int part = 0;
    while (part >= 0) {
      int start = NOT_BLANK.indexIn(text, part);
      if (start >= 0 && text.startsWith(TARGET + "=", start)) {
        return start;
      }
      int comma = text.indexOf(',', part);
      part = comma < 0 ? -1 : comma + 1;
    }
    return -1;
  }

  /** In {@code xl}'s own positional form the format comes between target and device. */
  private static ImmutableMap<String, String> byPosition(
      List<String> positions, Map<String, String> named) {
    int shift = positions.size() > 3 ? 1 : 0;
    Map<String, String> keys = new LinkedHashMap<>(named);
    String target = keys.remove(TARGET);
    if (target == null) {
      Matcher first = PREFIXES.matcher(position(positions, 0).strip());
      String prefix = first.matches() ? first.group(1) : "";
      String path = first.matches() ? first.group(2) : "";
      // xm looked for a bare name below /dev.
      boolean bare = prefix.startsWith("phy:") && !path.isEmpty() && !path.startsWith("/");
      target = bare ? "/dev/" + path : path;
      if (!prefix.isEmpty()) {
        keys.putIfAbsent("format", DiskMethods.format(prefix.substring(0, prefix.length() - 1)));
      }
    }
    if (shift > 0) {
      keys.putIfAbsent("format", positions.get(1));
    }
    put(keys, "vdev", position(positions, 1 + shift));
    Matcher device = AROUND_DEVICE.matcher(keys.getOrDefault("vdev", ""));
    if (device.matches()) {
      keys.remove("vdev");
      put(keys, "vdev", Strings.nullToEmpty(device.group(1)));
      put(keys, "devtype", Strings.nullToEmpty(device.group(2)));
    }
    put(keys, "access", position(positions, 2 + shift));
    keys.put(TARGET, target);
    return ImmutableMap.copyOf(keys);
  }

  private static String position(List<String> positions, int index) {
    return index < positions.size() ? positions.get(index) : "";
  }

  private static void put(Map<String, String> keys, String key, String value) {
    if (!value.isEmpty()) {
      keys.putIfAbsent(key, value);
    }
  }

  /** Returns the value of a key; empty when it has none. */
  public String key(String key) {
    return keys.getOrDefault(key, "");
  }

  @Override
  public String plain() {
    return text;
  }

  @Override
  public Value masked() {
    return new Device(
        Secrets.masked(text), ImmutableMap.copyOf(Maps.transformValues(keys, Secrets::masked)));
  }
}
