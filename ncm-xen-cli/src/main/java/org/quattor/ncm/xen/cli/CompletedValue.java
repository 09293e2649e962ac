package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a shell offers for the value of an option or an argument.
 *
 * @param bash the assignments that say it to our script for bash
 * @param zsh the action of {@code _arguments} that does it
 */
record CompletedValue(String bash, String zsh) {

  private static final CompletedValue NOTHING = new CompletedValue("kind=none", " ");
  private static final CompletedValue FILE = new CompletedValue("kind=path", "_files");
  private static final CompletedValue FOLDER = new CompletedValue("kind=folder", "_files -/");
  private static final CompletedValue GUEST = new CompletedValue("kind=guest", "_ncm_xen_guests");
  private static final CompletedValue HOST =
      new CompletedValue("kind=words words='local simulated:'", "_ncm_xen_host");

  /** Returns what the label of the value in {@code --help} stands for. */
  static CompletedValue of(ArgSpec argument) {
    String label = argument.paramLabel();
    if (label.matches("[a-z0-9-]+(\\|[a-z0-9-]+)+")) {
      return oneOf(List.of(label.split("\\|", -1)));
    }
    return switch (label) {
      case "FILE", "FILE|-", "FILE|none" -> FILE;
      case "DIR", "DIR|none" -> FOLDER;
      case "GUEST" -> GUEST;
      case "NAME" -> isGuest(argument) ? GUEST : NOTHING;
      case "CID" -> oneOf(List.of("current", "latest"));
      case "local|simulated:DIR" -> HOST;
      default -> NOTHING;
    };
  }

  private static boolean isGuest(ArgSpec argument) {
    return argument instanceof OptionSpec option && option.longestName().equals("--guest");
  }

  /** Returns an offer of some words, none of which means anything to a shell. */
  static CompletedValue oneOf(List<String> words) {
    String all = String.join(" ", ImmutableList.copyOf(words));
    return new CompletedValue("kind=words words='" + all + "'", "(" + all + ")");
  }
}
