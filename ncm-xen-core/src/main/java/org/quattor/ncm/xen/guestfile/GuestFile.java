package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The keys of a guest file and their values.
 *
 * @param values by key, in the order of the file; of a key given twice the last counts
 */
public record GuestFile(ImmutableMap<String, Value> values) implements GuestFileReading {

  /** A value of either dialect. */
  public sealed interface Value {

    /** Returns the value of a text or a number, as text; for a list, its elements and blanks. */
    String plain();
  }

  /**
   * A string.
   *
   * @param text with the escapes undone
   */
  public record Text(String text) implements Value {
    @Override
    public String plain() {
      return text;
    }
  }

  /**
   * A number.
   *
   * @param number not negative
   */
  public record Whole(long number) implements Value {
    @Override
    public String plain() {
      return Long.toString(number);
    }
  }

  /**
   * A list.
   *
   * @param elements in order
   */
  public record Items(ImmutableList<Value> elements) implements Value {
    @Override
    public String plain() {
      return elements.stream().map(Value::plain).collect(Collectors.joining(" "));
    }
  }

  /** Returns the text or the number of a key, as text; empty when it is absent or a list. */
  public Optional<String> text(String key) {
    Value value = values.get(key);
    return value == null || value instanceof Items ? Optional.empty() : Optional.of(value.plain());
  }

  /** Returns the elements of a list; none when the key is absent or no list. */
  public ImmutableList<String> list(String key) {
    return values.get(key) instanceof Items items
        ? items.elements().stream().map(Value::plain).collect(ImmutableList.toImmutableList())
        : ImmutableList.of();
  }

  /** Returns the domain's name at the toolstack. */
  public Optional<String> name() {
    return text("name");
  }

  /** Returns the uuid; empty when the toolstack is to make one up. */
  public Optional<String> uuid() {
    return text("uuid");
  }

  /** Returns the memory at start in MiB; empty when absent or no number. */
  public OptionalLong memoryMib() {
    return text("memory")
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  /** Returns what backs a disk in dom0, given its element of {@code disk}. */
  public static Optional<String> diskTarget(String text) {
    return new DiskText(text).target();
  }
}
