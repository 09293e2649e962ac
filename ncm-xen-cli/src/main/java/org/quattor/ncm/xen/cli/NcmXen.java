package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import org.quattor.ncm.xen.report.NagiosLine;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The command {@code ncm-xen}: arguments and streams in, an exit code out. */
final class NcmXen {

  private static final int HELP_WIDTH = 100;
  private static final ImmutableSortedSet<Exit> TEXT =
      ImmutableSortedSet.of(Exit.DONE, Exit.USAGE, Exit.BUG, Exit.CONFIGURATION);
  private static final ImmutableSortedSet<Exit> CHECK =
      with(TEXT, Exit.INVALID, Exit.NO_INPUT, Exit.IO);
  private static final ImmutableSortedSet<Exit> DOCTOR = with(CHECK, Exit.ERRORS);
  private static final ImmutableSortedSet<Exit> STATUS = with(CHECK, Exit.NO_TOOLSTACK);
  private static final ImmutableSortedSet<Exit> PLAN = with(STATUS, Exit.ERRORS, Exit.CHANGES);
  private static final ImmutableSortedSet<Exit> RUN =
      with(STATUS, Exit.ERRORS, Exit.NO_QUATTOR, Exit.BUSY, Exit.NOT_ROOT);

  /** The command that describes all others. */
  private static final String OF_ALL = "completion";

  private static final ImmutableSet<String> COMMANDS =
      ImmutableSet.of(
          "configure",
          "unconfigure",
          "plan",
          "status",
          "check",
          "show",
          "derive",
          "doctor",
          "schema",
          "explain",
          OF_ALL,
          "complete-guests");

  private final Services services;
  private final Interruption interruption;
  private final ProcessEnvironment surroundings;

  NcmXen(Services services, Interruption interruption, ProcessEnvironment surroundings) {
    this.services = services;
    this.interruption = interruption;
    this.surroundings = surroundings;
  }

  /** Runs the command that the arguments ask for; {@link Exit} lists what is returned. */
  int run(String[] args, InputStream in, PrintWriter out, PrintWriter err) {
    Session session = new Session(services, interruption, surroundings, in, out, err);
    CommandLine line = commandLine(session, needed(args));
    ImmutableList<String> arguments = normalised(args, line);
    int code;
    try {
      line.setDefaultValueProvider(
          ConfigurationFile.read(() -> settable(session), arguments, surroundings));
      code = line.execute(arguments.toArray(new String[0]));
    } catch (Failure e) {
      CommandLine command =
          arguments.isEmpty() ? line : line.getSubcommands().getOrDefault(arguments.get(0), line);
      code = refuse(session, command, arguments, e.exit(), Session.sentence(e), "");
    }
    err.flush();
    if (out.checkError() && code == Exit.DONE.code()) {
      session.problem("standard output could not be written");
      return Exit.IO.code();
    }
    return code;
  }

  /** Returns the commands to describe: to describe all of them takes time. */
  private static ImmutableSet<String> needed(String[] args) {
    String first = args.length == 0 ? "" : args[0];
    return COMMANDS.contains(first) && !first.equals(OF_ALL) ? ImmutableSet.of(first) : COMMANDS;
  }

  /** Returns the command with all its commands. */
  CommandLine commandLine(Session session) {
    return commandLine(session, COMMANDS);
  }

  private CommandLine commandLine(Session session, ImmutableSet<String> names) {
    CommandLine line = new CommandLine(new Top(session).spec(), Declare.FACTORY);
    for (String name : names) {
      add(line, name, session);
    }
    line.setOut(session.out());
    line.setErr(session.err());
    // A profile may be called @host.json; it is not a file of arguments.
    line.setExpandAtFiles(false);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setColorScheme(
        Help.defaultColorScheme(surroundings.coloured() ? Help.Ansi.ON : Help.Ansi.OFF));
    line.setParameterExceptionHandler(new UsageErrors(session));
    return line;
  }

  private static void add(CommandLine line, String name, Session session) {
    CommandSpec spec = spec(name, session);
    CommandLine added = new CommandLine(spec, Declare.FACTORY);
    spec.usageMessage()
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .optionListHeading("%nOptions:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes(exits(name)));
    line.addSubcommand(name, added);
  }

  private static CommandSpec spec(String name, Session session) {
    return switch (name) {
      case "configure" -> RunCommand.configure(session).spec();
      case "unconfigure" -> RunCommand.unconfigure(session).spec();
      case "plan" -> new PlanCommand(session).spec();
      case "status" -> new StatusCommand(session).spec();
      case "check" -> new CheckCommand(session).spec();
      case "show" -> new ShowCommand(session).spec();
      case "derive" -> new DeriveCommand(session).spec();
      case "doctor" -> new DoctorCommand(session).spec();
      case "schema" -> new SchemaCommand(session).spec();
      case "explain" -> new ExplainCommand(session).spec();
      case OF_ALL -> new CompletionCommand(session).spec();
      case "complete-guests" -> new CompleteGuestsCommand(session).spec();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ImmutableSortedSet<Exit> exits(String name) {
    return switch (name) {
      case "configure", "unconfigure" -> RUN;
      case "plan" -> PLAN;
      case "status" -> STATUS;
      case "check", "show", "derive" -> CHECK;
      case "doctor" -> DOCTOR;
      default -> TEXT;
    };
  }

  private static ImmutableSortedSet<Exit> with(ImmutableSortedSet<Exit> exits, Exit... more) {
    return ImmutableSortedSet.<Exit>naturalOrder().addAll(exits).add(more).build();
  }

  private static ImmutableMap<String, String> exitCodes(ImmutableSortedSet<Exit> exits) {
    ImmutableMap.Builder<String, String> codes = ImmutableMap.builder();
    exits.forEach(exit -> codes.put(" " + exit.code(), exit.meaning()));
    return codes.buildOrThrow();
  }

  /** Returns the options that the configuration file can set: those of a run. */
  static ImmutableList<OptionSpec> settable(Session session) {
    return ImmutableList.copyOf(RunCommand.configure(session).spec().options());
  }

  private static ImmutableList<String> normalised(String[] args, CommandLine line) {
    ImmutableSet.Builder<String> withValue = ImmutableSet.builder();
    for (CommandLine command : line.getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (option.arity().min() > 0) {
          withValue.add(option.names());
        }
      }
    }
    return Arguments.normalise(
        ImmutableList.copyOf(args), line.getSubcommands().keySet(), withValue.build());
  }

  /**
   * Reports what is wrong with the arguments. No lambda: Java 17 would leave picocli, which is
   * compiled for Java 5, out of the class-data archive.
   */
  private record UsageErrors(Session session) implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
      CommandLine command = e.getCommandLine();
      return refuse(
          session,
          command,
          ImmutableList.copyOf(arguments),
          Exit.USAGE,
          UsageSentence.of(e),
          " (see " + command.getCommandSpec().qualifiedName() + " --help)");
    }
  }

  /** Ends a call whose command cannot begin; a call with {@code --json} gets its document too. */
  private static int refuse(
      Session session,
      CommandLine command,
      List<String> arguments,
      Exit exit,
      String sentence,
      String hint) {
    session.problem(sentence + hint);
    CommandSpec spec = command.getCommandSpec();
    boolean top = spec.parent() == null;
    boolean nagios = "nagios".equals(Arguments.value(arguments, "--format"));
    if (Arguments.has(arguments, "--json") && (top || spec.findOption("--json") != null)) {
      session.out().print(Session.failure(top ? "error" : spec.name(), exit, sentence));
      session.out().flush();
    } else if (nagios && spec.name().equals("status")) {
      NagiosLine line = NagiosLine.unknown(sentence);
      session.out().print(line.text() + "\n");
      session.out().flush();
      return line.code();
    }
    return exit.code();
  }

  static String version() {
    String version = NcmXen.class.getPackage().getImplementationVersion();
    return version == null ? "unknown (not run from its jar)" : version;
  }

  /** The program without a command. */
  private static final class Top extends Command {

    Top(Session session) {
      super("ncm-xen", session);
      // The words of CAF::Application.
      spec().version("This is ncm-xen version " + version());
      add(
          Declare.flag("-h", "--help")
              .usageHelp(true)
              .description("Print this help and exit.")
              .build());
      add(
          Declare.flag("-V", "--version")
              .versionHelp(true)
              .description("Print the version and exit.")
              .build());
      spec()
          .usageMessage()
          .customSynopsis("ncm-xen COMMAND [OPTIONS]")
          .description("", "Make a Xen host match /software/components/xen of its Quattor profile.")
          .optionListHeading("%nOptions:%n")
          .commandListHeading("%nCommands:%n")
          .exitCodeListHeading("%nExit codes:%n")
          .exitCodeList(exitCodes(ImmutableSortedSet.copyOf(Exit.values())))
          .footer(
              "",
              "ncm-xen COMMAND --help explains a command. Options are written --option=value or"
                  + " --option value, with dashes or underscores.",
              "",
              "Example:",
              "  ncm-xen plan --profile host.json --host simulated:build/host");
    }

    @Override
    public Integer call() {
      throw new ParameterException(
          spec().commandLine(), "a command is missing" + UsageSentence.commandHint(spec(), ""));
    }
  }
}
