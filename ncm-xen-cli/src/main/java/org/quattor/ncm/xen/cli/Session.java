package org.quattor.ncm.xen.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.ReportLine;
import org.quattor.ncm.xen.text.Printable;

/**
 * What all commands of one call share, and the one place where an exception becomes a sentence and
 * an exit code.
 */
record Session(
    Services services,
    Interruption interruption,
    ProcessEnvironment surroundings,
    InputStream in,
    PrintWriter out,
    PrintWriter err) {

  /**
   * Does the work of a command.
   *
   * @param linesAreTheAnswer whether lines of all levels go to standard output, as in a run of NCM,
   *     except with {@code --json}
   */
  int run(OutputOptions output, boolean linesAreTheAnswer, Function<Console, Exit> work) {
    Console console =
        new Console(
            out,
            err,
            output.verbosity(),
            linesAreTheAnswer && !output.json(),
            surroundings.errorIsTerminal());
    Exit exit;
    try {
      exit = work.apply(console);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      exit = exit(e);
      console.line(Level.ERROR, sentence(e));
      if (output.json()) {
        console.answer(failure(output.command(), exit, sentence(e)));
      }
      if (console.verbosity().debug() > 0) {
        printTrace(e);
      }
    } finally {
      console.clearStatus();
      console.closeLog();
    }
    return exit.code();
  }

  /** Returns the document of a command that has failed. */
  static String failure(String command, Exit exit, String sentence) {
    return JsonReport.failure(command, exit, exit.code(), sentence);
  }

  /** Begins a context in which nothing is changed. */
  ComponentContext.Builder looking(Profile profile, Console console) {
    return ComponentContext.builder(profile)
        .noAction(true)
        .listener(new LiveListener(console, true, plan -> {}, System::nanoTime))
        .cancellation(interruption::requested);
  }

  private static Exit exit(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      return failure.exit();
    }
    if (thrown instanceof Refusal refusal) {
      return switch (refusal.kind()) {
        case USAGE -> Exit.USAGE;
        case NO_PROFILE -> Exit.NO_INPUT;
        case INVALID_PROFILE -> Exit.INVALID;
        case SETTINGS -> Exit.CONFIGURATION;
        case NO_TOOLSTACK -> Exit.NO_TOOLSTACK;
        case UNREADABLE_HOST -> Exit.IO;
      };
    }
    return thrown instanceof UncheckedIOException ? Exit.IO : Exit.BUG;
  }

  /** Returns the message for an exception that ends a command. */
  static String sentence(Throwable thrown) {
    return exit(thrown) == Exit.BUG ? bug(thrown) : message(thrown);
  }

  private static String message(Throwable thrown) {
    if (thrown instanceof UncheckedIOException && thrown.getCause() instanceof IOException cause) {
      // The message of many is a bare path.
      return "reading or writing failed: "
          + cause.getClass().getSimpleName()
          + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
    }
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }

  private static String bug(Throwable thrown) {
    String message = thrown.getMessage();
    return "bug in ncm-xen: "
        + thrown.getClass().getSimpleName()
        + (message == null ? "" : " (" + message + ")")
        + "; run it again with --debug, and report the output";
  }

  /** Prints a problem outside of {@link #run}, as a line of level ERROR. */
  void problem(String sentence) {
    err.print(new ReportLine(Level.ERROR, sentence).printed() + "\n");
    err.flush();
  }

  private void printTrace(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      err.println(Printable.line(cause.toString()));
      for (StackTraceElement element : cause.getStackTrace()) {
        err.println("    at " + element);
      }
    }
    err.flush();
  }
}
