package org.quattor.ncm.xen.doctor;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.files.TextFile;

/**
 * Reads {@code grub.cfg} as {@code grub-mkconfig} writes it: a language of its own, of which menu
 * entries, submenus and the lines that load something are understood.
 */
final class Grub2Menu {

  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
  private static final Pattern TITLE = Pattern.compile("\\s(?:'([^']*)'|\"([^\"]*)\"|(\\S+))");
  private static final Pattern KEY =
      Pattern.compile("(?:\\$menuentry_id_option|--id)\\s+(?:'([^']*)'|\"([^\"]*)\"|(\\S+))");
  private static final Pattern DEFAULT = Pattern.compile("set default=\"?([^\"]*)\"?");

  private final ImmutableList.Builder<BootEntry> entries = ImmutableList.builder();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final int[] counts = new int[64];
  private @Nullable BootLine xen;
  private final List<BootLine> modules = new ArrayList<>();

  /** What a brace closes. */
  private record Block(boolean menu, boolean entry, int index, String title, String key) {}

  private Grub2Menu() {}

  /**
   * Parses the file.
   *
   * @param environment {@code grubenv}, which remembers a choice
   */
  static BootMenu parse(TextFile file, Optional<TextFile> environment) {
    Grub2Menu menu = new Grub2Menu();
    String standard = "";
    for (int i = 0; i < file.lines().size(); i++) {
      String line = file.lines().get(i).strip();
      Matcher chosen = DEFAULT.matcher(line);
      if (chosen.matches() && !chosen.group(1).equals("${next_entry}")) {
        standard =
            chosen.group(1).contains("$")
                ? environment.flatMap(e -> e.assigned("saved_entry")).orElse("")
                : chosen.group(1);
      }
      menu.take(i + 1, line);
    }
    return new BootMenu(file.path(), menu.entries.build(), standard);
  }

  private void take(int number, String line) {
    if (line.equals("}")) {
      close();
      return;
    }
    ImmutableList<String> words = ImmutableList.copyOf(WORDS.split(line));
    if (words.isEmpty() || line.startsWith("#")) {
      return;
    }
    ImmutableList<String> rest = words.subList(1, words.size());
    switch (words.get(0)) {
      case "menuentry", "submenu" -> open(line, words.get(0).equals("menuentry"));
      case "multiboot", "multiboot2", "xen_hypervisor" -> {
        BootLine loaded = Loaded.line(number, rest);
        xen = Loaded.isXen(loaded) ? loaded : null;
      }
      case "module", "module2", "xen_module" -> modules.add(Loaded.line(number, rest));
      default -> {
        if (line.endsWith("{")) {
          blocks.push(new Block(false, false, 0, "", ""));
        }
      }
    }
  }

  private void open(String line, boolean entry) {
    int depth = (int) blocks.stream().filter(Block::menu).count();
    int index = depth < counts.length ? counts[depth]++ : 0;
    if (depth + 1 < counts.length) {
      counts[depth + 1] = 0;
    }
    blocks.push(new Block(true, entry, index, text(TITLE, line), text(KEY, line)));
    xen = null;
    modules.clear();
  }

  private static String text(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      return "";
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String text = matcher.group(group);
      if (text != null) {
        return text;
      }
    }
    return "";
  }

  private void close() {
    Block block = blocks.poll();
    BootLine hypervisor = xen;
    if (block == null || !block.entry()) {
      return;
    }
    if (hypervisor != null && !modules.isEmpty()) {
      StringBuilder index = new StringBuilder(Integer.toString(block.index()));
      blocks.stream().filter(Block::menu).forEach(b -> index.insert(0, b.index() + ">"));
      entries.add(
          new BootEntry(
              block.title(),
              index.toString(),
              block.key(),
              hypervisor,
              modules.get(0),
              modules.size() > 1 ? modules.get(1) : null));
    }
    xen = null;
    modules.clear();
  }
}
