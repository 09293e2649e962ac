package org.quattor.ncm.xen.packages;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Writes the manual page of a command from what its {@code --help} is made of. */
final class ManualPage {

  /** Administration of the system, as for other commands of Quattor. */
  static final int SECTION = 8;

  private final CommandSpec command;
  private final UsageMessageSpec usage;
  private final Roff page = new Roff();

  private ManualPage(CommandLine line) {
    this.command = line.getCommandSpec();
    this.usage = command.usageMessage();
  }

  /** Returns the page of the command in the language of man(7). */
  static String of(CommandLine line, String version) {
    return new ManualPage(line).write(version);
  }

  /** Returns the name of the command's page, such as {@code ncm-xen-plan}. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  private String write(String version) {
    page.title(name(command), SECTION, "ncm-xen " + version);
    List<String> description =
        Stream.of(usage.description()).filter(line -> !line.isEmpty()).toList();
    String summary = description.get(0);
    page.section("NAME")
        .words(
            name(command)
                + " - "
                + summary.substring(0, 1).toLowerCase(Locale.ROOT)
                + summary.substring(1).replaceFirst("\\.$", ""));
    page.section("SYNOPSIS").words(synopsis());
    page.section("DESCRIPTION");
    description.forEach(page::paragraph);
    options();
    commands();
    page.section("EXIT STATUS");
    usage.exitCodeList().forEach((code, meaning) -> page.term(code.strip(), meaning));
    footer();
    page.section("SEE ALSO").words(seeAlso());
    return page.toString();
  }

  private String synopsis() {
    if (command.parent() == null) {
      return String.join(" ", usage.customSynopsis());
    }
    return command.qualifiedName(" ")
        + " [OPTIONS]"
        + command.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(parameter -> " [" + parameter.paramLabel() + "...]")
            .collect(Collectors.joining());
  }

  private void options() {
    page.section("OPTIONS");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      if (!parameter.hidden()) {
        page.term(parameter.paramLabel(), String.join(" ", parameter.description()));
      }
    }
    List<OptionSpec> options = new ArrayList<>(command.options());
    options.sort(Comparator.comparingInt(OptionSpec::order));
    for (OptionSpec option : options) {
      if (!option.hidden()) {
        page.term(term(option), String.join(" ", option.description()));
      }
    }
  }

  private static String term(OptionSpec option) {
    String names = String.join(", ", option.names());
    if (option.arity().max() == 0) {
      return names;
    }
    String value = "=" + option.paramLabel();
    return names + (option.arity().min() == 0 ? "[" + value + "]" : value);
  }

  private void commands() {
    if (!command.subcommands().isEmpty()) {
      page.section("COMMANDS");
      shown(command).forEach(line -> page.term(line.getCommandName(), summary(line)));
    }
  }

  /** Returns the commands that are told of, in their order. */
  static ImmutableList<CommandLine> shown(CommandSpec command) {
    return command.subcommands().values().stream()
        .filter(line -> !line.getCommandSpec().usageMessage().hidden())
        .collect(ImmutableList.toImmutableList());
  }

  private static String summary(CommandLine line) {
    return Stream.of(line.getCommandSpec().usageMessage().description())
        .filter(sentence -> !sentence.isEmpty())
        .findFirst()
        .orElse("");
  }

  // A line with a colon at its end heads the indented lines below it.
  private void footer() {
    List<String> verbatim = new ArrayList<>();
    for (String line : usage.footer()) {
      if (line.startsWith("  ")) {
        verbatim.add(line.substring(2));
        continue;
      }
      flush(verbatim);
      if (line.endsWith(":")) {
        page.section("EXAMPLES");
      } else if (!line.isEmpty()) {
        page.paragraph(line);
      }
    }
    flush(verbatim);
  }

  private void flush(List<String> verbatim) {
    if (!verbatim.isEmpty()) {
      page.verbatim(verbatim);
      verbatim.clear();
    }
  }

  private String seeAlso() {
    CommandSpec parent = command.parent();
    Map<String, CommandLine> siblings = parent == null ? Map.of() : parent.subcommands();
    Stream<String> own = shown(command).stream().map(line -> name(line.getCommandSpec()));
    Stream<String> others =
        parent == null
            ? Stream.empty()
            : Stream.concat(
                Stream.of(name(parent)),
                siblings.values().stream()
                    .map(CommandLine::getCommandSpec)
                    .filter(sibling -> sibling != command && !sibling.usageMessage().hidden())
                    .map(ManualPage::name));
    return Stream.of(own, others, Stream.of("xl"))
        .flatMap(names -> names)
        .map(name -> name + (name.equals("xl") ? "(1)" : "(" + SECTION + ")"))
        .collect(Collectors.joining(", "));
  }
}
