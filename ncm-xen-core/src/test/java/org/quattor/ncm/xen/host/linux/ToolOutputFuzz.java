package org.quattor.ncm.xen.host.linux;

import java.nio.charset.StandardCharsets;
import org.quattor.ncm.xen.host.HostFailure;

/** Any text as the answer of an external program is understood, or a failure of the host. */
public final class ToolOutputFuzz {

  /** Something that reads the output of a program. */
  private interface Reader {
    Object read(String output) throws HostFailure;
  }

  private static final Reader[] READERS = {
    XlLongList::parse,
    XmLongList::parse,
    output -> DomainTable.parse("xl list", output),
    output -> DomainTable.parse("xm list", output),
    vgs -> LvmReport.parse(vgs, ""),
    lvs -> LvmReport.parse("vg0|4194304|0", lvs),
    LinuxFilesystems::signatures,
    InitrdList::parse,
  };

  private ToolOutputFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String output = new String(input, StandardCharsets.UTF_8);
    for (Reader reader : READERS) {
      try {
        reader.read(output);
      } catch (HostFailure e) {
        if (String.valueOf(e.getMessage()).isBlank()) {
          throw new AssertionError("a failure without a word", e);
        }
      }
    }
  }
}
