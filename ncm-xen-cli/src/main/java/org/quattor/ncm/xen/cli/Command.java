package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command. Its options, and those of the groups that it has as fields, add themselves when they
 * are declared.
 */
abstract class Command implements Callable<Integer> {

  final Session session;
  private final CommandSpec spec;

  Command(String name, Session session) {
    this.session = session;
    this.spec = CommandSpec.wrapWithoutInspection(this, Declare.FACTORY).name(name);
  }

  /** Returns the command in picocli's terms. */
  CommandSpec spec() {
    return spec;
  }

  /** Adds an option or an argument, and returns it. */
  <A extends ArgSpec> A add(A argument) {
    if (argument instanceof OptionSpec option) {
      spec.addOption(option);
    } else if (argument instanceof PositionalParamSpec positional) {
      spec.addPositional(positional);
    }
    return argument;
  }

  /** Sets what help says of the command: a sentence, then paragraphs. */
  void describe(String... description) {
    spec.usageMessage().description(description);
  }

  /** Sets the examples of the help. */
  void examples(String... calls) {
    ImmutableList.Builder<String> footer = ImmutableList.builder();
    footer.add("", "Examples:");
    for (String call : calls) {
      footer.add("  " + call);
    }
    spec.usageMessage().footer(footer.build().toArray(new String[0]));
  }

  /** Options that several commands have. */
  abstract static class Group {
    private final Command command;

    Group(Command command) {
      this.command = command;
    }

    /** Adds an option of the group to the command, and returns it. */
    OptionSpec add(OptionSpec option) {
      return command.add(option);
    }
  }
}
