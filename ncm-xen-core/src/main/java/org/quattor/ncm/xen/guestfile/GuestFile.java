package org.quattor.ncm.xen.guestfile;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.text.Secrets;

/**
 * A guest file as data: what the toolstack reads in it. {@link GuestFilePrinter} writes it, {@link
 * GuestFileReader} reads it.
 *
 * @param writtenAs the name in {@code /etc/xen} that our mark at its head gives; empty without one
 * @param values by key, in the order of the file; of a key given twice the last counts
 */
public record GuestFile(String writtenAs, ImmutableMap<String, Value> values)
    implements GuestFileReading {

  /** What a file of a guest's installation has after the guest's key in its name. */
  public static final String INSTALL_SUFFIX = ".start";

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Checks the keys: no other text stays a key in a file. */
  public GuestFile {
    values.keySet().forEach(key -> checkArgument(KEY.matcher(key).matches(), "key %s", key));
  }

  /** A value of either dialect. */
  public sealed interface Value permits Text, Whole, Items, Device {

    /** Returns the value of a text or a number, as text; for a list, its elements and blanks. */
    String plain();

    /** Returns the value with {@link Secrets#MASK} in the place of what is secret in it. */
    Value masked();
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

    @Override
    public Value masked() {
      return new Text(Secrets.masked(text));
    }
  }

  /**
   * A number.
   *
   * @param number negative for {@code xm} only; the grammar of {@code xl} has no sign
   */
  public record Whole(long number) implements Value {
    @Override
    public String plain() {
      return Long.toString(number);
    }

    @Override
    public Value masked() {
      return this;
    }
  }

  /**
   * A list.
   *
   * @param elements in order
   * @param declared the list as a profile declares it for {@code xm}, whose files keep its blanks
   *     and quotes; empty for the printer's own. It says nothing that the elements do not say
   */
  public record Items(ImmutableList<Value> elements, String declared) implements Value {

    /** Checks that what is declared is the list of the elements. */
    public Items {
      checkArgument(
          declared.isEmpty()
              || Quoting.plainPythonList(declared)
                  .filter(texts -> texts.equals(plain(elements)))
                  .isPresent(),
          "a list declared otherwise than its elements");
    }

    /** Makes a list in the printer's own form. */
    public Items(ImmutableList<Value> elements) {
      this(elements, "");
    }

    /** Makes a list of texts. */
    public static Items of(Iterable<String> texts) {
      ImmutableList.Builder<Value> elements = ImmutableList.builder();
      texts.forEach(text -> elements.add(new Text(text)));
      return new Items(elements.build());
    }

    private static ImmutableList<String> plain(ImmutableList<Value> elements) {
      return elements.stream().map(Value::plain).collect(ImmutableList.toImmutableList());
    }

    @Override
    public String plain() {
      return elements.stream().map(Value::plain).collect(Collectors.joining(" "));
    }

    @Override
    public Value masked() {
      ImmutableList<Value> masked =
          elements.stream().map(Value::masked).collect(ImmutableList.toImmutableList());
      return masked.equals(elements) ? this : new Items(masked);
    }

    /** Lists of the same elements are equal, however they are declared. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Items items && elements.equals(items.elements);
    }

    @Override
    public int hashCode() {
      return elements.hashCode();
    }
  }

  /** Returns the text or the number of a key, as text; empty when it is absent or a list. */
  public Optional<String> text(String key) {
    Value value = values.get(key);
    return value == null || value instanceof Items ? Optional.empty() : Optional.of(value.plain());
  }

  /** Returns the elements of a list, as text; none when the key is absent or not a list. */
  public ImmutableList<String> list(String key) {
    return values.get(key) instanceof Items items
        ? Items.plain(items.elements())
        : ImmutableList.of();
  }

  /** Returns the devices of a list; none when the key is absent or not a list. */
  public ImmutableList<Device> devices(String key) {
    return values.get(key) instanceof Items items
        ? items.elements().stream()
            .map(value -> Device.of(key, value))
            .collect(ImmutableList.toImmutableList())
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

  /** Returns whether {@code xl} takes the text as a uuid: 8, 4, 4, 4 and 12 digits. */
  public static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  /** Returns the file with {@link Secrets#MASK} in the place of what is secret in it. */
  public GuestFile masked() {
    ImmutableMap.Builder<String, Value> masked = ImmutableMap.builder();
    values.forEach(
        (key, value) ->
            masked.put(key, key.contains("passw") ? new Text(Secrets.MASK) : value.masked()));
    return new GuestFile(writtenAs, masked.buildOrThrow());
  }
}
