package org.quattor.ncm.xen.guestfile;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.guestfile.GuestFile.Whole;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * Any text as a guest file is read or unreadable in either dialect, and what was read is the same
 * after it was written.
 */
public final class GuestFileFuzz {

  private GuestFileFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    for (Toolstack dialect : Toolstack.values()) {
      FileOrigin.of("vm", text);
      if (GuestFileReader.read(text, dialect) instanceof GuestFile file) {
        file.memoryMib();
        file.list("disk").forEach(GuestFile::diskTarget);
        for (String disk : file.list("disk")) {
          new DiskText(disk).device();
          new DiskText(disk).writable();
        }
        requireSameAgain(file, dialect);
        if (!GuestFileComparison.sameMeaning(text, text + "\n", dialect)) {
          throw new AssertionError("an empty line more changes the meaning");
        }
      }
    }
  }

  private static void requireSameAgain(GuestFile file, Toolstack dialect) {
    String written =
        file.values().entrySet().stream()
            .map(entry -> entry.getKey() + " = " + literal(entry.getValue(), dialect) + "\n")
            .collect(Collectors.joining());
    // Text with characters that no literal can hold is refused when a guest file is made.
    boolean writable =
        file.values().values().stream()
            .allMatch(value -> Quoting.obstacle(value.plain(), dialect == Toolstack.XL).isEmpty());
    if (writable && !GuestFileReader.read(written, dialect).equals(file)) {
      throw new AssertionError("read again it is another file: " + written);
    }
  }

  private static String literal(Value value, Toolstack dialect) {
    if (value instanceof Items items) {
      return items.elements().stream()
          .map(element -> literal(element, dialect))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Whole) {
      return value.plain();
    }
    return dialect == Toolstack.XL ? Quoting.xl(value.plain()) : Quoting.python(value.plain());
  }
}
