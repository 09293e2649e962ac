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
 * A configure or unconfigure. Around it is what dispatchers expect: log, {@code /etc/noquattor},
 * locks, state file. In it first the plan is told, then what is done, then how it ended.
 */
record ComponentRun(Session session, RunOptions options, Intent intent, Console console) {

  private static final int MAX_NOTE_LENGTH = 500;

  /** Runs it. */
  Exit execute() {
    String command = intent == Intent.CONFIGURE ? "configure" : "unconfigure";
    if (options.host.local() && !options.noAction() && !session.surroundings().root()) {
      throw new Failure(
          Exit.NOT_ROOT,
          command
              + " changes this host and must run as root; expected sudo ncm-xen "
              + command
              + " ..., or --noaction to see what would be done");
    }
    RunFolders folders = RunFolders.of(options.host.host(), session.surroundings());
    openLog(folders);
    console.line(Level.VERB, "ncm-xen version " + NcmXen.version() + ", " + command);
    refuseWhereNothingIsToBeDone(folders);
    if (options.noAction()) {
      return run(folders, () -> true);
    }
    // Before the profile is read: who has waited must not apply one that is out of date.
    RunLocks locks = RunLocks.take(session.services().locks(), folders, options.lock, console);
    try {
      return run(folders, locks::areHeld);
    } finally {
      locks.close();
    }
  }

  private void openLog(RunFolders folders) {
    DispatchOptions wanted = options.dispatch;
    String log = wanted.log();
    // A dry run leaves no trace on a simulated host, and whoever is not root cannot leave one here.
    boolean may =
        folders.local() ? session.surroundings().root() : !options.noAction() && folders.usable();
    if (log != null && may) {
      Path place = folders.place(wanted.logOption(), log);
      try {
        console.logTo(
            RunLog.open(
                place,
                folders.local() ? wanted.facility() : null,
                InstantSource.system(),
                ZoneId.systemDefault()));
      } catch (IOException e) {
        console.warning(
            "there is no log of this run: "
                + place
                + " cannot be written: "
                + e.getClass().getSimpleName()
                + " ("
                + e.getMessage()
                + ")");
      }
    }
  }

  /** Obeys {@code /etc/noquattor}, by which an administrator keeps Quattor off a host. */
  private void refuseWhereNothingIsToBeDone(RunFolders folders) {
    Path file = folders.place("/etc/noquattor");
    boolean obeyed = options.dispatch.checkNoQuattor() && !options.dispatch.forceQuattor();
    if (!folders.local() || !obeyed || !Files.exists(file)) {
      return;
    }
    StringBuilder sentence = new StringBuilder("nothing is done, since there is a file " + file);
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_NOTE_LENGTH), StandardCharsets.UTF_8).strip();
      sentence.append(text.isEmpty() ? "" : ", which says: " + text);
    } catch (IOException e) {
      sentence.append(", which cannot be read");
    }
    throw new Failure(
        Exit.NO_QUATTOR,
        sentence + "; expected --force-quattor to work all the same, or the file's removal");
  }

  private Exit run(RunFolders folders, BooleanSupplier locked) {
    String folder = options.dispatch.state();
    boolean wanted = folder != null && intent == Intent.CONFIGURE && folders.usable();
    StateFile state =
        new StateFile(
            wanted && folder != null ? folders.place("--state", folder + "/xen") : null,
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
        // What cannot be written has been told; this is an error already.
        boolean unused = state.says(Session.sentence(e));
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
              tellFindings(plan, inactive);
              tellPlan(plan);
            });
    ComponentResult result =
        switch (intent) {
          case CONFIGURE -> component.configure(context);
          case UNCONFIGURE -> component.unconfigure(context);
        };
    ComponentPlan plan = result.plan();
    boolean lost = !locked.getAsBoolean();
    int stopped = stopped(result, lost);
    // What is left undone must not end with OK; a line that says ERROR counts as one.
    int errors = result.errors() + (stopped > 0 ? 1 : 0);
    tellEnd(result, stopped, lost);
    if (plan.actions().isEmpty() && plan.applicable() && !inactive) {
      console.line(Level.INFO, nothingToDo(profile, component, result));
    }
    // A run that a signal has ended is still to be made good: its state stays pending.
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

  private void tellFindings(ComponentPlan plan, boolean inactive) {
    for (Finding finding : plan.findings()) {
      boolean quietNote =
          finding.severity() == Severity.NOTE && plan.actions().isEmpty() && !inactive;
      // A run that changes nothing says nothing at INFO; notes would come back at every run.
      if (quietNote) {
        console.line(Level.VERB, finding.id() + " " + finding.sentence());
      } else {
        console.line(NcmLines.finding(finding));
      }
    }
  }

  private void tellPlan(ComponentPlan plan) {
    if (!plan.actions().isEmpty()) {
      PlanText text = new PlanText(plan, Palette.PLAIN);
      text.steps().forEach(line -> console.line(Level.INFO, line));
      console.line(Level.INFO, text.summary());
    }
  }

  /** Returns how many steps a signal, or the loss of the lock, has kept from being done. */
  private int stopped(ComponentResult result, boolean lost) {
    return lost || session.interruption().requested()
        ? result.count(Outcome.NOT_RUN) + result.count(Outcome.SKIPPED)
        : 0;
  }

  private void tellEnd(ComponentResult result, int stopped, boolean lost) {
    console.clearStatus();
    if (!result.refusal().isEmpty()) {
      console.line(Level.ERROR, result.refusal());
    } else if (stopped > 0) {
      String why =
          lost
              ? "the lock was lost, since the process that had it was killed and another run took it"
              : "stopped by a signal";
      console.line(Level.ERROR, why + "; " + stopped + " steps were not done");
    } else if (options.noAction() && !result.actions().isEmpty()) {
      console.line(Level.INFO, "nothing was changed, as --noaction says");
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
        options.guests().isEmpty()
            ? profile
                .find(component.profilePath() + "/domains")
                .map(domains -> domains.children().size())
                .orElse(0)
            : options.guests().size();
    return did
        + ": looked at "
        + guests
        + (guests == 1 ? " guest" : " guests")
        + " (file, disks, autostart, running) with "
        + result.commands()
        + (result.commands() == 1 ? " command" : " commands");
  }
}
