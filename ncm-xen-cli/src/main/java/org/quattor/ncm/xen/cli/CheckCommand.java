package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ProfileException;
import org.quattor.ncm.xen.report.CheckedProfile;
import org.quattor.ncm.xen.report.CheckedProfile.State;
import org.quattor.ncm.xen.report.JsonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ncm-xen check}. */
@Command(
    name = "check",
    description = {
      "Validate profiles without a host.",
      "",
      "Prints every finding as a line FILE:PATH: ID severity: what was found, what was expected,"
          + " what to do; then one line of counts. All mistakes of all files are told in one run."
    },
    footer = {
      "",
      "Examples:",
      "  ncm-xen check host1.json host2.xml.gz",
      "  ncm-xen check --json host1.json"
    })
final class CheckCommand implements Callable<Integer> {

  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Compiled profiles, JSON or XML, gzip allowed; - reads standard input.")
  private List<String> files = new ArrayList<>();

  // The other commands name their profile so; nobody should have to remember which do.
  @Option(names = "--profile", hidden = true, paramLabel = "FILE")
  private List<String> profiles = new ArrayList<>();

  private final Session session;

  CheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::check);
  }

  private Exit check(Console console) {
    files.addAll(profiles);
    if (files.isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          "check needs a profile; expected ncm-xen check FILE..., or - for standard input");
    }
    ImmutableList<CheckedProfile> checked =
        files.stream().map(this::check).collect(ImmutableList.toImmutableList());
    if (output.json) {
      console.answer(JsonReport.check(checked));
    } else {
      checked.forEach(profile -> profile.lines().forEach(console::answerLine));
      if (!output.quiet) {
        console.answerLine(summary(checked));
      }
    }
    return exit(checked);
  }

  private CheckedProfile check(String file) {
    try {
      ComponentContext.Builder context =
          ComponentContext.builder(InputFiles.read(session.engine(), session.in(), file))
              .noAction(true);
      model.addTo(context);
      return new CheckedProfile(file, State.CHECKED, "", session.engine().check(context.build()));
    } catch (ProfileException e) {
      State state =
          switch (e.kind()) {
            case ABSENT -> State.ABSENT;
            case INVALID -> State.INVALID;
          };
      return new CheckedProfile(file, state, String.valueOf(e.getMessage()), ImmutableList.of());
    } catch (Failure e) {
      if (e.exit() != Exit.NO_INPUT) {
        throw e;
      }
      return new CheckedProfile(
          file, State.ABSENT, String.valueOf(e.getMessage()), ImmutableList.of());
    }
  }

  private static String summary(ImmutableList<CheckedProfile> checked) {
    int errors = checked.stream().mapToInt(CheckedProfile::errors).sum();
    int warnings = checked.stream().mapToInt(CheckedProfile::warnings).sum();
    return count(checked.size(), "profile")
        + " checked: "
        + count(errors, "error")
        + ", "
        + count(warnings, "warning");
  }

  private static String count(int count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }

  private static Exit exit(ImmutableList<CheckedProfile> checked) {
    if (checked.stream().map(CheckedProfile::state).anyMatch(State.ABSENT::equals)) {
      return Exit.NO_INPUT;
    }
    return checked.stream().anyMatch(profile -> profile.errors() > 0) ? Exit.INVALID : Exit.DONE;
  }
}
