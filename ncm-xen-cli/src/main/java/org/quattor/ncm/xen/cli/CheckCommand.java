package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.ProfileCheck;
import org.quattor.ncm.xen.report.CheckedProfile;
import org.quattor.ncm.xen.report.CheckedProfile.State;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.rules.AcrossHosts;
import org.quattor.ncm.xen.rules.HostSummary;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ncm-xen check}. */
final class CheckCommand extends Command {

  private final ModelOptions model = new ModelOptions(this);
  private final OutputOptions output = new OutputOptions(this);

  private final PositionalParamSpec files =
      add(
          Declare.arguments()
              .paramLabel("FILE")
              .description("Compiled profiles, JSON or XML, also in gzip; - reads standard input.")
              .build());

  // The other commands have this option; a user need not remember that this one has arguments.
  private final OptionSpec profiles =
      add(Declare.texts("--profile").paramLabel("FILE").hidden(true).build());

  CheckCommand(Session session) {
    super("check", session);
    describe(
        "Validate profiles without a host.",
        "",
        "Prints every finding of all files as a line: [ERROR] ID FILE:PATH: what was found, what was"
            + " expected, what to do; then a line of counts. Several profiles are also compared with"
            + " each other: a guest on two hosts, a MAC or uuid that is used twice, contradictions of"
            + " guest_map.");
    examples(
        "ncm-xen check host1.json host2.xml.gz",
        "ncm-xen check profiles/*.json",
        "ncm-xen check --json host1.json");
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::check);
  }

  private ImmutableList<String> named() {
    List<String> arguments = files.getValue();
    List<String> options = profiles.getValue();
    return ImmutableList.<String>builder().addAll(arguments).addAll(options).build();
  }

  private Exit check(Console console) {
    ImmutableList<String> named = named();
    if (named.isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          "check needs a profile; expected ncm-xen check FILE..., or - for standard input");
    }
    Function<Profile, ProfileCheck.Checked> checker =
        session.services().checker(model.schemaFile(), model.dialect());
    Tally tally = new Tally(console, named.size());
    ParallelWork.run(
        named,
        Runtime.getRuntime().availableProcessors(),
        file -> check(file, checker),
        tally::take);
    console.clearStatus();
    if (output.json()) {
      console.answer(JsonReport.check(tally.documents.build()));
    } else if (!output.quiet()) {
      console.answerLine(tally.summary());
    }
    return tally.exit();
  }

  /** A checked profile, and what is compared with other hosts. */
  private record Result(CheckedProfile profile, Optional<HostSummary> summary) {}

  private Result check(String file, Function<Profile, ProfileCheck.Checked> checker) {
    try {
      ProfileCheck.Checked checked =
          checker.apply(InputFiles.read(session.services(), session.in(), file));
      return new Result(
          new CheckedProfile(file, State.CHECKED, "", checked.findings()), checked.summary());
    } catch (Refusal e) {
      State state =
          switch (e.kind()) {
            case NO_PROFILE -> State.ABSENT;
            case INVALID_PROFILE -> State.INVALID;
            case USAGE, SETTINGS, NO_TOOLSTACK, UNREADABLE_HOST -> throw e;
          };
      return without(file, state, String.valueOf(e.getMessage()));
    } catch (Failure e) {
      if (e.exit() != Exit.NO_INPUT) {
        throw e;
      }
      return without(file, State.ABSENT, String.valueOf(e.getMessage()));
    }
  }

  private static Result without(String file, State state, String problem) {
    return new Result(
        new CheckedProfile(file, state, problem, ImmutableList.of()), Optional.empty());
  }

  /** Takes results in the order of the files: prints, counts, and compares the hosts. */
  private final class Tally {
    private final Console console;
    private final int all;
    private final AcrossHosts hosts = new AcrossHosts();
    private final ImmutableList.Builder<CheckedProfile> documents = ImmutableList.builder();
    private int profiles;
    private int errors;
    private int warnings;
    private boolean absent;
    private int shownPercent = -1;

    Tally(Console console, int all) {
      this.console = console;
      this.all = all;
    }

    void take(Result result) {
      CheckedProfile profile =
          result
              .summary()
              .map(summary -> result.profile().and(hosts.add(summary, result.profile().file())))
              .orElse(result.profile());
      profiles++;
      errors += profile.errors();
      warnings += profile.warnings();
      absent |= profile.state() == State.ABSENT;
      if (output.json()) {
        documents.add(profile);
      } else {
        profile.lines().forEach(console::answerLine);
      }
      int percent = (int) (100L * profiles / all);
      if (percent != shownPercent && profiles < all) {
        shownPercent = percent;
        console.status(LiveListener.bar(percent) + " checked " + profiles + " of " + all);
      }
    }

    String summary() {
      return count(profiles, "profile")
          + " checked: "
          + count(errors, "error")
          + ", "
          + count(warnings, "warning");
    }

    Exit exit() {
      return absent ? Exit.NO_INPUT : errors > 0 ? Exit.INVALID : Exit.DONE;
    }
  }

  private static String count(int count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }
}
