package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.guestfile.GuestFile.Text;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.guestfile.GuestFile.Whole;
import org.quattor.ncm.xen.guestfile.GuestFileReading.Unreadable;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * Reads guest files of either dialect: ours, the Perl component's, and those that people write with
 * comments, other quotes and lists over several lines. Python beyond values is not executed; a file
 * that has some is unreadable.
 */
public final class GuestFileReader {

  /** In characters: what a file may say more than once by naming values. */
  private static final long MAX_COPIED = 1 << 20;

  private final GuestFileScanner scanner;
  private final Toolstack dialect;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private long copied;

  private GuestFileReader(String text, Toolstack dialect) {
    this.scanner = new GuestFileScanner(text, dialect);
    this.dialect = dialect;
  }

  /** Returns the keys and values of a file; never fails, whatever the text. */
  public static GuestFileReading read(String text, Toolstack dialect) {
    GuestFileReader reader = new GuestFileReader(text, dialect);
    try {
      reader.statements();
      return new GuestFile(FileOrigin.writtenAs(text), ImmutableMap.copyOf(reader.values));
    } catch (GuestFileScanner.Refused refused) {
      return new Unreadable(reader.scanner.line(), refused.reason());
    }
  }

  private void statements() throws GuestFileScanner.Refused {
    while (scanner.toStatement()) {
      String key = scanner.identifier();
      scanner.skipBlanks();
      boolean added = scanner.take('+');
      if (!scanner.take('=')) {
        throw new GuestFileScanner.Refused("a key without =");
      }
      scanner.skipBlanks();
      Value value = devices(key, value(0));
      Value before = values.get(key);
      values.put(key, added && before != null ? joined(before, value) : value);
      scanner.endOfStatement();
    }
  }

  private static Value devices(String key, Value value) {
    return Device.KEYS.contains(key) && value instanceof Items items
        ? new Items(
            items.elements().stream()
                .map(element -> element instanceof Text ? Device.of(key, element) : element)
                .collect(ImmutableList.toImmutableList()))
        : value;
  }

  private Value value(int depth) throws GuestFileScanner.Refused {
    char next = scanner.peek();
    if (next == '\'' || next == '"') {
      StringBuilder text = new StringBuilder(scanner.string());
      scanner.skipBlanks();
      // Python joins literals that stand side by side.
      while (dialect == Toolstack.XM && (scanner.peek() == '\'' || scanner.peek() == '"')) {
        text.append(scanner.string());
        scanner.skipBlanks();
      }
      return new Text(text.toString());
    }
    boolean negative = dialect == Toolstack.XM && scanner.take('-');
    if (negative || (next >= '0' && next <= '9')) {
      return new Whole(negative ? -scanner.number() : scanner.number());
    }
    if (next == '[') {
      return list(depth);
    }
    if (dialect == Toolstack.XM && Character.isLetter(next)) {
      return reference();
    }
    throw new GuestFileScanner.Refused("neither a text, a number nor a list");
  }

  private Value list(int depth) throws GuestFileScanner.Refused {
    // xl's own lists go two deep (vnuma); this bounds the stack for a hostile file.
    if (depth > 8) {
      throw new GuestFileScanner.Refused("lists in lists too deep");
    }
    scanner.take('[');
    ImmutableList.Builder<Value> elements = ImmutableList.builder();
    scanner.skipLines();
    while (!scanner.take(']')) {
      elements.add(value(depth + 1));
      scanner.skipLines();
      if (!scanner.take(',') && scanner.peek() != ']') {
        throw new GuestFileScanner.Refused("a list without a comma or its end");
      }
      scanner.skipLines();
    }
    return new Items(elements.build());
  }

  /** Returns the value of a name given before, or of an element: {@code bootargs = vif[0]}. */
  private Value reference() throws GuestFileScanner.Refused {
    Value value = values.get(scanner.identifier());
    scanner.skipBlanks();
    if (value != null && scanner.take('[')) {
      long index = scanner.number();
      boolean closed = scanner.take(']');
      value =
          closed && value instanceof Items items && index < items.elements().size()
              ? items.elements().get((int) index)
              : null;
    }
    if (value == null) {
      throw new GuestFileScanner.Refused("a name that stands for no value before it");
    }
    return withoutDevices(copied(value));
  }

  /** Outside their list the texts of devices are texts. */
  private static Value withoutDevices(Value value) {
    if (value instanceof Items items) {
      return new Items(
          items.elements().stream()
              .map(GuestFileReader::withoutDevices)
              .collect(ImmutableList.toImmutableList()));
    }
    return value instanceof Device ? new Text(value.plain()) : value;
  }

  /** Values that are made of values can double with each line. */
  private Value copied(Value value) throws GuestFileScanner.Refused {
    copied += size(value);
    if (copied > MAX_COPIED) {
      throw new GuestFileScanner.Refused("too many values that refer to values");
    }
    return value;
  }

  private static long size(Value value) {
    return value instanceof Items items
        ? 1 + items.elements().stream().mapToLong(GuestFileReader::size).sum()
        : 1 + value.plain().length();
  }

  private Value joined(Value before, Value added) throws GuestFileScanner.Refused {
    copied(before);
    if (before instanceof Items first && added instanceof Items second) {
      return new Items(
          ImmutableList.<Value>builder()
              .addAll(first.elements())
              .addAll(second.elements())
              .build());
    }
    if (before instanceof Text first && added instanceof Text second) {
      return new Text(first.text() + second.text());
    }
    throw new GuestFileScanner.Refused("+= of unlike values");
  }
}
