package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the ways in which NCM's commands are called into one: underscores for dashes in names of
 * options, {@code --debug N}, options before the command, and {@code --configure xen}.
 */
final class Arguments {

  private static final String END_OF_OPTIONS = "--";

  private Arguments() {}

  /**
   * Returns the arguments with the command first.
   *
   * @param commands the names of the commands
   * @param withValue the names of the options whose value may be the next argument
   */
  static ImmutableList<String> normalise(
      List<String> given, Set<String> commands, Set<String> withValue) {
    List<String> arguments = new ArrayList<>();
    int command = -1;
    boolean valueNext = false;
    boolean options = true;
    for (int i = 0; i < given.size(); i++) {
      String argument = given.get(i);
      if (!options || valueNext) {
        valueNext = false;
      } else if (argument.equals(END_OF_OPTIONS)) {
        options = false;
      } else if (argument.startsWith("--")) {
        argument = withDashes(argument);
        if (argument.equals("--nocheck-noquattor")) {
          argument = "--no-check-noquattor";
        }
        valueNext = withValue.contains(argument);
        if (command < 0 && (argument.equals("--configure") || argument.equals("--unconfigure"))) {
          argument = argument.substring(2);
          command = arguments.size();
        } else if (argument.equals("--debug")
            && i + 1 < given.size()
            && isNumber(given.get(i + 1))) {
          i++;
          argument = "--debug=" + given.get(i);
        } else if (argument.equals("--debug")) {
          argument = "--debug=1";
        }
      } else if (command < 0 && commands.contains(argument)) {
        command = arguments.size();
      } else if (command < 0 && !argument.startsWith("-")) {
        // Not a command where one is due: left for the sentence about it.
        command = arguments.size();
      }
      arguments.add(argument);
    }
    if (command > 0) {
      arguments.add(0, arguments.remove(command));
    }
    return ImmutableList.copyOf(arguments);
  }

  /** Returns the value of an option in normalised arguments; null when it is not given. */
  static @Nullable String value(List<String> arguments, String option) {
    int end = arguments.indexOf(END_OF_OPTIONS);
    for (int i = (end < 0 ? arguments.size() : end) - 1; i >= 0; i--) {
      String argument = arguments.get(i);
      if (argument.startsWith(option + "=")) {
        return argument.substring(option.length() + 1);
      }
      if (argument.equals(option)) {
        return i + 1 < arguments.size() ? arguments.get(i + 1) : "";
      }
    }
    return null;
  }

  /** Returns whether normalised arguments have an option without a value. */
  static boolean has(List<String> arguments, String option) {
    int end = arguments.indexOf(END_OF_OPTIONS);
    return (end < 0 ? arguments : arguments.subList(0, end)).contains(option);
  }

  private static String withDashes(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0
        ? argument.replace('_', '-')
        : argument.substring(0, equals).replace('_', '-') + argument.substring(equals);
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]+");
  }
}
