package org.quattor.ncm.xen.guestfile;

import java.nio.charset.StandardCharsets;
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
        DeclaredDomain.of("vm", file);
        file.masked();
        requireSameAgain(file, dialect);
        if (!GuestFileReader.read(text + "\n", dialect).equals(file)) {
          throw new AssertionError("an empty line more changes the file");
        }
      }
    }
  }

  private static void requireSameAgain(GuestFile file, Toolstack dialect) {
    String written = GuestFilePrinter.print(file, dialect);
    // Text with characters that no literal can hold is refused when a guest file is made.
    boolean writable =
        file.values().values().stream()
            .allMatch(value -> Quoting.obstacle(value.plain(), dialect == Toolstack.XL).isEmpty());
    if (writable && !GuestFileReader.read(written, dialect).equals(file)) {
      throw new AssertionError("read again it is another file: " + written);
    }
  }
}
