package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
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
  private static final CompletedValue DIRECTORY = new CompletedValue("kind=folder", "_files -/");
  private static final CompletedValue GUEST = new CompletedValue("kind=guest", "_ncm_xen_guests");
  private static final CompletedValue HOST =
      new CompletedValue("kind=words words='local simulated:'", "_ncm_xen_host");

  /** Returns the words of a choice, or what the label of the value in {@code --help} stands for. */
  static CompletedValue of(ArgSpec argument) {
    for (ITypeConverter<?> converter : argument.converters()) {
      if (converter instanceof Choice<?> choice) {
        return oneOf(choice.words());
      }
    }
    return switch (argument.paramLabel()) {
      case "FILE", "FILE|-", "FILE|none" -> FILE;
      case "DIR", "DIR|none" -> DIRECTORY;
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

  /** Returns an offer of words without characters that mean something to a shell. */
  static CompletedValue oneOf(List<String> words) {
    String all = String.join(" ", ImmutableList.copyOf(words));
    return new CompletedValue("kind=words words='" + all + "'", "(" + all + ")");
  }
}
