package org.quattor.ncm.xen.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.Level;
import org.quattor.ncm.xen.report.NcmLines;
import org.quattor.ncm.xen.report.Palette;
import org.quattor.ncm.xen.report.PlanText;

/**
 * A configure or unconfigure, with what dispatchers expect: log, {@code /etc/noquattor}, locks,
 * state file. Prints the plan first, then each action, then the outcome.
 */
record ComponentRun(Session session, RunOptions options, Intent intent, Console console) {

  private static final int MAX_NOTE_LENGTH = 500;

  /** Runs it. */
  Exit execute() {
    String command = intent == Intent.CONFIGURE ? "configure" : "unconfigure";
    RunDirectories directories = RunDirectories.of(options.host.host(), session.surroundings());
    if (directories.local() && !options.noAction() && !session.surroundings().root()) {
      throw new Failure(
          Exit.NOT_ROOT,
          command
              + " changes this host and must run as root; expected sudo ncm-xen "
              + command
              + " ..., or --noaction to see what would be done");
    }
    openLog(directories);
    console.line(Level.VERB, "ncm-xen version " + NcmXen.version() + ", " + command);
    refuseIfNoQuattor(directories);
    if (options.noAction()) {
      return run(directories, () -> true);
    }
    // Before the profile is read: it may change while the run waits for the lock.
    RunLocks locks = RunLocks.take(session.services().locks(), directories, options.lock, console);
    try {
      return run(directories, locks::areHeld);
    } finally {
      locks.close();
    }
  }

  private void openLog(RunDirectories directories) {
    DispatchOptions wanted = options.dispatch;
    String log = wanted.log();
    // A dry run leaves no trace on a simulated host; on this host only root can write the log.
    boolean may =
        directories.local()
            ? session.surroundings().root()
            : !options.noAction() && directories.usable();
    if (log != null && may) {
      Path place = directories.place(wanted.logOption(), log);
      try {
        console.logTo(
            RunLog.open(
                place,
                directories.local() ? wanted.facility() : null,
                InstantSource.system(),
                ZoneId.systemDefault()));
      } catch (IOException e) {
        console.warning(
            "this run is not logged, because "
                + place
                + " cannot be written: "
                + e.getClass().getSimpleName()
                + " ("
                + e.getMessage()
                + ")");
      }
    }
  }

  /** Respects {@code /etc/noquattor}, with which an administrator keeps Quattor off a host. */
  private void refuseIfNoQuattor(RunDirectories directories) {
    Path file = directories.place("/etc/noquattor");
    boolean obeyed = options.dispatch.checkNoQuattor() && !options.dispatch.forceQuattor();
    if (!directories.local() || !obeyed || !Files.exists(file)) {
      return;
    }
    StringBuilder sentence = new StringBuilder("nothing is done, because " + file + " exists");
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_NOTE_LENGTH), StandardCharsets.UTF_8).strip();
      sentence.append(text.isEmpty() ? "" : ", with the text \"" + text + "\"");
    } catch (IOException e) {
      sentence.append(", and it cannot be read");
    }
    throw new Failure(Exit.NO_QUATTOR, sentence + "; remove the file, or use --force-quattor");
  }

  private Exit run(RunDirectories directories, BooleanSupplier locked) {
    String directory = options.dispatch.state();
    boolean wanted = directory != null && intent == Intent.CONFIGURE && directories.usable();
    StateFile state =
        new StateFile(
            wanted && directory != null ? directories.place("--state", directory + "/xen") : null,
            console,
            options.noAction());
    state.pending();
    try {
      Profile profile =
          options.profile.read(session.services(), session.in(), options.model.dialect());
      console.line(Level.VERB, "using profile " + profile.source());
      return options.noAction()
          ? execute(profile, state, locked)
          : session.interruption().during(() -> execute(profile, state, locked));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      if (!session.interruption().requested()) {
        // A failure to write it was reported; this run has an error already.
        boolean unused = state.record(Session.sentence(e));
      }
      throw e;
    }
  }

  private Exit execute(Profile profile, StateFile state, BooleanSupplier locked) {
    Component component = session.services().component();
    boolean inactive = intent == Intent.CONFIGURE && inactive(profile, component);
    ComponentContext context =
        context(
            profile,
            locked,
            plan -> {
              printFindings(plan, inactive);
              printPlan(plan);
            });
    ComponentResult result =
        switch (intent) {
          case CONFIGURE -> component.configure(context);
          case UNCONFIGURE -> component.unconfigure(context);
        };
    ComponentPlan plan = result.plan();
    boolean lost = !locked.getAsBoolean();
    int stopped = stopped(result, lost);
    // A run that left actions out must not end with OK: its line of level ERROR counts as one.
    int errors = result.errors() + (stopped > 0 ? 1 : 0);
    printEnd(result, stopped, lost);
    if (plan.actions().isEmpty() && plan.applicable() && !inactive) {
      console.line(Level.INFO, nothingToDo(profile, component, result));
    }
    // A run that was ended by a signal has to be repeated: its state stays pending.
    if (!session.interruption().requested() && !state.finished(errors)) {
      errors++;
    }
    if (!options.dispatch.noSummary()) {
      NcmLines.closing(intent, component.name(), errors, result.warnings() + console.warnings())
          .forEach(console::line);
    }
    if (options.output.json()) {
      console.answer(JsonReport.result(result, options.noAction()));
    }
    if (!plan.applicable()) {
      return Exit.INVALID;
    }
    if (lost && stopped > 0) {
      return Exit.BUSY;
    }
    return errors > 0 ? Exit.ERRORS : Exit.DONE;
  }

  private ComponentContext context(
      Profile profile, BooleanSupplier locked, Consumer<ComponentPlan> plans) {
    ComponentContext.Builder context =
        ComponentContext.builder(profile)
            .noAction(options.noAction())
            .listener(new LiveListener(console, options.noAction(), plans, System::nanoTime))
            .cancellation(() -> session.interruption().requested() || !locked.getAsBoolean());
    options.addTo(context);
    return context.build();
  }

  private void printFindings(ComponentPlan plan, boolean inactive) {
    for (Finding finding : plan.findings()) {
      boolean quietNote =
          finding.severity() == Severity.NOTE && plan.actions().isEmpty() && !inactive;
      // A run that changes nothing prints nothing at INFO, or the notes would come at every run.
      if (quietNote) {
        console.line(Level.VERB, finding.id() + " " + finding.sentence());
      } else {
        console.line(NcmLines.finding(finding));
      }
    }
  }

  private void printPlan(ComponentPlan plan) {
    if (!plan.actions().isEmpty()) {
      PlanText text = new PlanText(plan, Palette.PLAIN);
      text.steps().forEach(line -> console.line(Level.INFO, line));
      console.line(Level.INFO, text.summary());
    }
  }

  /** Returns how many actions were not executed because of a signal or a lost lock. */
  private int stopped(ComponentResult result, boolean lost) {
    return lost || session.interruption().requested()
        ? result.count(Outcome.NOT_RUN) + result.count(Outcome.SKIPPED)
        : 0;
  }

  private void printEnd(ComponentResult result, int stopped, boolean lost) {
    console.clearStatus();
    if (!result.refusal().isEmpty()) {
      console.line(Level.ERROR, result.refusal());
    } else if (stopped > 0) {
      String why =
          lost
              ? "the lock was lost, because its process was killed and another run took it"
              : "stopped by a signal";
      console.line(Level.ERROR, why + "; " + stopped + " actions were not executed");
    } else if (options.noAction() && !result.actions().isEmpty()) {
      console.line(Level.INFO, "nothing was changed, because of --noaction");
    }
  }

  private static boolean inactive(Profile profile, Component component) {
    return profile
        .find(component.profilePath() + "/active")
        .filter(active -> active.type() == Element.Type.BOOLEAN)
        .map(active -> !active.asBoolean())
        .orElse(false);
  }

  private String nothingToDo(Profile profile, Component component, ComponentResult result) {
    String did = intent == Intent.CONFIGURE ? "nothing to change" : "nothing to withdraw";
    if (result.errors() > 0) {
      did = "nothing was changed";
    }
    int guests =
        options.guests.names().isEmpty()
            ? profile
                .find(component.profilePath() + "/domains")
                .map(domains -> domains.children().size())
                .orElse(0)
            : options.guests.names().size();
    return did
        + ": checked "
        + guests
        + (guests == 1 ? " guest" : " guests")
        + " (file, disks, autostart, running) with "
        + result.commands()
        + (result.commands() == 1 ? " command" : " commands");
  }
}
