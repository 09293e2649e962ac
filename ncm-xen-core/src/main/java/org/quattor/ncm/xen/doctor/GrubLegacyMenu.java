package org.quattor.ncm.xen.doctor;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.files.TextFile;

/** Reads {@code grub.conf} or {@code menu.lst} of GRUB legacy, as ncm-grub writes it. */
final class GrubLegacyMenu {

  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

  private final ImmutableList.Builder<BootEntry> entries = ImmutableList.builder();
  private int count;
  private String title = "";
  private @Nullable BootLine xen;
  private final List<BootLine> modules = new ArrayList<>();

  private GrubLegacyMenu() {}

  static BootMenu parse(TextFile file) {
    GrubLegacyMenu menu = new GrubLegacyMenu();
    String standard = "0";
    for (int i = 0; i < file.lines().size(); i++) {
      String line = file.lines().get(i).strip();
      if (line.startsWith("default")) {
        String value = CharMatcher.anyOf("= \t").trimFrom(line.substring("default".length()));
        standard = value.matches("[0-9]{1,4}") ? value : "";
      } else {
        menu.take(i + 1, line);
      }
    }
    menu.end();
    return new BootMenu(file.path(), BootMenu.Kind.GRUB_LEGACY, menu.entries.build(), standard);
  }

  private void take(int number, String line) {
    ImmutableList<String> words = ImmutableList.copyOf(WORDS.split(line));
    if (words.isEmpty()) {
      return;
    }
    switch (words.get(0)) {
      case "title" -> {
        end();
        count++;
        title = line.substring("title".length()).strip();
      }
      case "kernel" -> {
        BootLine loaded = loaded(number, words);
        xen = Loaded.isXen(loaded) ? loaded : null;
      }
      case "module" -> modules.add(loaded(number, words));
      default -> {
        // root, savedefault and the like load nothing
      }
    }
  }

  private static BootLine loaded(int number, ImmutableList<String> words) {
    return Loaded.line(number, words.subList(1, words.size()));
  }

  private void end() {
    BootLine hypervisor = xen;
    if (hypervisor != null && !modules.isEmpty()) {
      entries.add(
          new BootEntry(
              title,
              Integer.toString(count - 1),
              "",
              hypervisor,
              modules.get(0),
              modules.size() > 1 ? modules.get(1) : null));
    }
    xen = null;
    modules.clear();
  }
}
