package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.DirectoryFiles;

/**
 * The memory that a domain can get, from {@code xl info} and {@code xl.conf(5)}. With {@code
 * autoballoon}, which is on where Xen's command line has no {@code dom0_mem}, dom0 gives up memory
 * of its own, and nothing tells how much.
 */
final class XlMemory {

  private static final String CONFIGURATION = "/etc/xen/xl.conf";
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final Pattern FREE = Pattern.compile("free_memory\\s*:\\s*(\\d{1,12})");
  private static final Pattern COMMAND_LINE = Pattern.compile("xen_commandline\\s*:(.*)");
  private static final Pattern AUTOBALLOON =
      Pattern.compile("\\s*autoballoon\\s*=\\s*[\"']?(\\w{1,9})[\"']?\\s*(?:#.*)?");
  private static final Splitter LINES = Splitter.on('\n');

  private XlMemory() {}

  /** Returns what is free, in MiB; empty when that is not known, or dom0 can give more. */
  static OptionalLong freeMib(CommandRunner runner, DirectoryFiles files) throws HostFailure {
    OptionalLong free = OptionalLong.empty();
    boolean fixed = false;
    for (String line : LINES.split(runner.run("xl", "info").output())) {
      Matcher memory = FREE.matcher(line.strip());
      Matcher arguments = COMMAND_LINE.matcher(line.strip());
      if (memory.matches()) {
        free = OptionalLong.of(Long.parseLong(memory.group(1)));
      } else if (arguments.matches()) {
        fixed = arguments.group(1).contains("dom0_mem=");
      }
    }
    return ballooning(files, fixed) ? OptionalLong.empty() : free;
  }

  private static boolean ballooning(DirectoryFiles files, boolean fixed) throws HostFailure {
    String setting = "auto";
    if (files.look(CONFIGURATION).kind() == Kind.FILE) {
      String text = new String(files.read(CONFIGURATION, MAX_FILE_BYTES), StandardCharsets.UTF_8);
      for (String line : LINES.split(text)) {
        Matcher value = AUTOBALLOON.matcher(line);
        setting = value.matches() ? value.group(1) : setting;
      }
    }
    return switch (setting) {
      case "0", "off", "no" -> false;
      case "1", "on", "yes" -> true;
      default -> !fixed;
    };
  }
}
