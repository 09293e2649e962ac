package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.quattor.ncm.xen.text.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes the sentence for a wrong command line: what is wrong, and what was expected. */
final class UsageSentence {

  private UsageSentence() {}

  /** Returns the sentence. */
  static String of(ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(spec, unmatched.getUnmatched());
    }
    if (e instanceof OverwrittenOptionException overwritten
        && overwritten.getOverwritten() instanceof OptionSpec option) {
      return option.longestName() + " can be given only once";
    }
    if (e.getArgSpec() instanceof OptionSpec option && option.arity().max() == 0) {
      return noValue(option);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing.getMissing().get(0));
    }
    if (e.getCause() instanceof CommandLine.TypeConversionException
        && e.getCause().getMessage() != null) {
      return e.getCause().getMessage();
    }
    String message = e.getMessage();
    return message == null ? "the command line is not valid" : message;
  }

  private static String missing(ArgSpec first) {
    if (first instanceof OptionSpec option) {
      // So picocli sees --json=--quiet.
      return option.arity().max() == 0
          ? noValue(option)
          : option.longestName() + " expects a value: " + value(option);
    }
    return "expected " + first.paramLabel();
  }

  private static String noValue(OptionSpec option) {
    return option.longestName() + " takes no value; expected only " + option.longestName();
  }

  private static String unmatched(CommandSpec spec, List<String> unmatched) {
    String argument = unmatched.get(0);
    if (argument.startsWith("-") && !argument.equals("-")) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      return "unknown option " + name + " of " + spec.qualifiedName() + optionHint(spec, name);
    }
    if (spec.parent() == null) {
      return "unknown command " + argument + commandHint(spec, argument);
    }
    return spec.qualifiedName() + " expects no further argument, not \"" + argument + "\"";
  }

  private static String optionHint(CommandSpec spec, String name) {
    ImmutableList<String> names =
        spec.options().stream()
            .filter(option -> !option.hidden())
            .map(OptionSpec::longestName)
            .collect(ImmutableList.toImmutableList());
    return NearestName.of(name, names)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("; expected one of " + String.join(", ", names));
  }

  /** Returns what was expected in place of a command. */
  static String commandHint(CommandSpec spec, String typed) {
    ImmutableList<String> names =
        spec.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(command -> !command.usageMessage().hidden())
            .map(CommandSpec::name)
            .collect(ImmutableList.toImmutableList());
    return NearestName.of(typed, names)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("; expected one of " + String.join(", ", names));
  }

  private static String value(OptionSpec option) {
    return option.longestName() + " " + option.paramLabel();
  }
}
