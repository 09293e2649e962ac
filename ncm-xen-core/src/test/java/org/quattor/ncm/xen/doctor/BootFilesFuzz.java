package org.quattor.ncm.xen.doctor;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.quattor.ncm.xen.files.TextFile;

/** Any text as a boot menu, its settings or a size of memory is read. */
public final class BootFilesFuzz {

  private BootFilesFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    TextFile file = new TextFile("/fuzz", ImmutableList.copyOf(Splitter.on('\n').split(text)));
    Grub2Menu.parse(file, Optional.of(file));
    new Grub2Settings(ImmutableList.of(file), true, true).value("GRUB_CMDLINE_XEN");
    MemorySize.fixedKib(text);
  }
}
