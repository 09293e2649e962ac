package org.quattor.ncm.xen.translate;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.XenVersion;

/**
 * A row of {@code xl-keys.tsv}: what is known of a key of a guest file.
 *
 * @param name the key
 * @param kinds what its value may be
 * @param types the types of guest for which xl reads it; empty for every type
 * @param since the first version that reads it; null for every supported one
 * @param last the last version that reads it; null when that is yet to come
 * @param field the field of {@code options} that it is written from; empty for none
 * @param xm the key of {@code xm}; empty for none
 * @param instead what to use where it is not read; empty for nothing known
 */
record XlKey(
    String name,
    ImmutableSet<String> kinds,
    ImmutableSet<String> types,
    @Nullable XenVersion since,
    @Nullable XenVersion last,
    String field,
    String xm,
    String instead) {

  /** All keys, by name. */
  static final ImmutableMap<String, XlKey> BY_NAME = read();

  /** The oldest version that is supported; what only older ones read is read by none. */
  static final XenVersion OLDEST = new XenVersion(4, 17);

  /** Returns whether the writer knows the key by a field with a meaning of its own. */
  boolean own() {
    return kinds.contains("own");
  }

  /** Returns whether xl reads the key for a type of guest; an unnamed one is pv. */
  boolean appliesTo(String type) {
    return types.isEmpty() || types.contains(type.isEmpty() ? "pv" : type);
  }

  private static ImmutableMap<String, XlKey> read() {
    try (InputStream in = XlKey.class.getResourceAsStream("xl-keys.tsv")) {
      if (in == null) {
        throw new IllegalStateException("xl-keys.tsv is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(XlKey::row)
          .collect(ImmutableMap.toImmutableMap(XlKey::name, key -> key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static XlKey row(String line) {
    List<String> cells =
        Splitter.on('\t').splitToStream(line).map(cell -> cell.equals("-") ? "" : cell).toList();
    return new XlKey(
        cells.get(0),
        ImmutableSet.copyOf(Splitter.on('|').split(cells.get(1))),
        cells.get(2).equals("*")
            ? ImmutableSet.of()
            : ImmutableSet.copyOf(Splitter.on(',').split(cells.get(2))),
        version(cells.get(3)).orElse(null),
        version(cells.get(4)).orElse(null),
        cells.get(5),
        cells.get(6),
        cells.get(7));
  }

  private static Optional<XenVersion> version(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> numbers = Splitter.on('.').splitToList(text);
    return Optional.of(
        new XenVersion(Integer.parseInt(numbers.get(0)), Integer.parseInt(numbers.get(1))));
  }
}
