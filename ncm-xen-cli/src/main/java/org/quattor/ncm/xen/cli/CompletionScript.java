package org.quattor.ncm.xen.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.finding.Entry;
import org.quattor.ncm.xen.text.ShellQuoting;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the completion script of a shell from the commands and their options.
 *
 * <p>Values are completed by {@link CompletedValue}: files and directories from the file system,
 * choices from their words, guests by {@code ncm-xen complete-guests}.
 */
public final class CompletionScript {

  private final CommandLine commands;

  private CompletionScript(CommandLine commands) {
    this.commands = commands;
  }

  /** Returns the script for bash. */
  public static String bash(CommandLine commands) {
    return new CompletionScript(commands).bash();
  }

  /** Returns the script for zsh. */
  public static String zsh(CommandLine commands) {
    return new CompletionScript(commands).zsh();
  }

  private String bash() {
    LinkedHashMultimap<String, String> optionsOf = LinkedHashMultimap.create();
    StringBuilder options = new StringBuilder();
    StringBuilder arguments = new StringBuilder();
    for (CommandSpec command : shown()) {
      for (OptionSpec option : shownOptions(command)) {
        CompletedValue value = value(option);
        // The shell cannot know whether an optional value follows.
        if (option.arity().min() > 0) {
          for (String name : option.names()) {
            optionsOf.put(value.bash(), "'" + command.name() + " " + name + "'");
          }
        }
      }
      line(options, 8, command.name() + ") words='" + words(command) + "' ;;");
      command.positionalParameters().stream()
          .filter(parameter -> !parameter.hidden())
          .findFirst()
          .ifPresent(
              parameter ->
                  line(arguments, 8, command.name() + ") " + value(parameter).bash() + " ;;"));
    }
    String commandNames = shown().stream().map(CommandSpec::name).collect(Collectors.joining(" "));
    StringBuilder values = new StringBuilder();
    optionsOf
        .asMap()
        .forEach(
            (value, names) -> line(values, 4, String.join(" | ", names) + ") " + value + " ;;"));
    line(options, 8, "'') words='--help --version' ;;");
    line(arguments, 8, "'') kind=words words='" + commandNames + "' ;;");
    return template("completion.bash")
        .replace("@VALUES@\n", values)
        .replace("@OPTIONS@\n", options)
        .replace("@ARGUMENTS@\n", arguments)
        .replace("@COMMANDS@", commandNames);
  }

  private String zsh() {
    StringBuilder names = new StringBuilder();
    StringBuilder arguments = new StringBuilder();
    for (CommandSpec command : shown()) {
      line(names, 12, ShellQuoting.quoted(command.name() + ":" + summary(command)));
      ImmutableList.Builder<String> specs = ImmutableList.builder();
      for (OptionSpec option : shownOptions(command)) {
        String repeated = option.isMultiValue() ? "*" : "";
        for (String name : option.names()) {
          specs.add(
              ShellQuoting.quoted(
                  repeated
                      + name
                      + (option.arity().max() > 0 && name.startsWith("--") ? "=" : "")
                      + "["
                      + escaped(sentence(option))
                      + "]"
                      + zshValue(option)));
        }
      }
      command.positionalParameters().stream()
          .filter(parameter -> !parameter.hidden())
          .findFirst()
          .ifPresent(parameter -> specs.add(ShellQuoting.quoted("*" + zshValue(parameter))));
      line(
          arguments,
          8,
          command.name() + ")\n            _arguments " + join(specs.build()) + "\n            ;;");
    }
    return template("completion.zsh")
        .replace("@COMMANDS@\n", names)
        .replace("@ARGUMENTS@\n", arguments);
  }

  private static String join(ImmutableList<String> specs) {
    return Joiner.on(" \\\n                ").join(specs);
  }

  private static String zshValue(ArgSpec argument) {
    if (argument.arity().max() == 0) {
      return "";
    }
    // Two colons: the value may be left out.
    String colon = argument.arity().min() == 0 && argument.isOption() ? "::" : ":";
    return colon + escaped(argument.paramLabel()) + ":" + value(argument).zsh();
  }

  private static CompletedValue value(ArgSpec argument) {
    if (argument.isPositional() && argument.paramLabel().equals("ID")) {
      return CompletedValue.oneOf(Catalogue.get().all().stream().map(Entry::id).toList());
    }
    return CompletedValue.of(argument);
  }

  private static String words(CommandSpec command) {
    return shownOptions(command).stream()
        .flatMap(option -> Stream.of(option.names()))
        .collect(Collectors.joining(" "));
  }

  private ImmutableList<CommandSpec> shown() {
    return commands.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden())
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<OptionSpec> shownOptions(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparingInt(OptionSpec::order))
        .collect(ImmutableList.toImmutableList());
  }

  private static String summary(CommandSpec command) {
    return command.usageMessage().description()[0];
  }

  private static String sentence(OptionSpec option) {
    String first = option.description().length == 0 ? "" : option.description()[0];
    return first.replaceFirst("\\.( .*)?$", "");
  }

  // _arguments(zshcompsys): what would end a description or begin a message.
  private static String escaped(String text) {
    return text.replaceAll("([\\[\\]:\\\\])", "\\\\$1");
  }

  private static void line(StringBuilder lines, int indent, String line) {
    lines.append(" ".repeat(indent)).append(line).append('\n');
  }

  private static String template(String name) {
    try {
      return Resources.toString(Resources.getResource(CompletionScript.class, name), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
