package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.report.SamplePlan;

class LiveListenerTest {

  private static final String ERASE = "\r\u001b[K";

  private final PlannedAction volume = SamplePlan.threeSteps().actions().get(0);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Duration passed = Duration.ZERO;

  @Test
  void aTerminalShowsABarThatIsGoneBeforeTheNextLine() {
    LiveListener listener = listener(true);
    listener.started(volume);
    listener.progress(volume, 1, 2);
    listener.progress(volume, 1001, 2000);
    listener.finished(new ActionResult(volume, Outcome.DONE, ""));
    assertThat(err.toString())
        .isEqualTo(
            ERASE
                + "vm1: create volume xenvg/vm1 of 20 GiB ..."
                + ERASE
                + "[##########..........]  50% vm1: create volume xenvg/vm1 of 20 GiB"
                + ERASE);
    assertThat(out.toString()).isEqualTo("[INFO] vm1: create volume xenvg/vm1 of 20 GiB: done\n");
  }

  @Test
  void elsewhereALongStepGivesALineFromTimeToTime() {
    LiveListener listener = listener(false);
    listener.started(volume);
    listener.progress(volume, 10, 100);
    passed = passed.plusSeconds(10);
    listener.progress(volume, 30, 100);
    passed = passed.plusSeconds(9);
    listener.progress(volume, 50, 100);
    passed = passed.plusSeconds(1);
    listener.progress(volume, 60, 100);
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .isEqualTo(
            """
            [INFO] vm1: create volume xenvg/vm1 of 20 GiB: 30%
            [INFO] vm1: create volume xenvg/vm1 of 20 GiB: 60%
            """);
  }

  @Test
  void aTotalThatIsWrongBreaksNothing() {
    LiveListener listener = listener(true);
    listener.progress(volume, 5, 0);
    listener.progress(volume, -5, 100);
    listener.progress(volume, Long.MAX_VALUE, 1);
    assertThat(err.toString()).contains("100% ", "  0% ").doesNotContain("101%");
  }

  @Test
  void aStatusLineCannotDriveTheTerminal() {
    listener(true).stage("reading \u001b]0;x\u0007\n");
    assertThat(err.toString()).isEqualTo(ERASE + "reading \\u{1b}]0;x\\u{7}\\n ...");
  }

  @Test
  void aStatusLineFitsIntoOneLineOfATerminal() {
    listener(true).stage("\ud83d\ude00".repeat(200));
    assertThat(err.toString()).isEqualTo(ERASE + "\ud83d\ude00".repeat(79));
  }

  private LiveListener listener(boolean terminal) {
    Console console =
        new Console(
            new PrintWriter(out),
            new PrintWriter(err),
            new Verbosity(false, false, 0),
            true,
            terminal);
    return new LiveListener(console, false, plan -> {}, () -> Long.MAX_VALUE + passed.toNanos());
  }
}
