package org.quattor.ncm.xen.model;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A network interface, in the string form of {@code xl-network-configuration(5)}.
 *
 * @param path the Pan path of the element, for findings
 * @param text as declared; what {@code xm} gets
 * @param keys the {@code key=value} parts in order, blanks around them taken off; a part without
 *     {@code =} has an empty value, and of a key given twice the last counts
 */
public record Vif(String path, String text, ImmutableMap<String, String> keys) {

  /** Takes the text apart; never fails, what is wrong with the parts is for the rules to say. */
  public static Vif parse(String path, String text) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String part : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        keys.put(part, "");
      } else {
        keys.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return new Vif(path, text, ImmutableMap.copyOf(keys));
  }

  /** Makes one of keys and values; its text is what {@link #parse} reads them from. */
  static Vif of(String path, Map<String, String> keys) {
    String text =
        keys.entrySet().stream()
            .map(
                key ->
                    key.getValue().isEmpty() ? key.getKey() : key.getKey() + "=" + key.getValue())
            .collect(Collectors.joining(","));
    return new Vif(path, text, ImmutableMap.copyOf(keys));
  }

  /** Returns the MAC; empty when there is none, or when the text is not one. */
  public Optional<MacAddress> mac() {
    return MacAddress.parse(keys.getOrDefault("mac", ""));
  }

  /** Returns the bridge. */
  public Optional<String> bridge() {
    return Optional.ofNullable(keys.get("bridge"));
  }
}
