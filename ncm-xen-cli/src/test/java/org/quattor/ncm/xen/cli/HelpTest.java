package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  private final FakeEngine services = new FakeEngine();

  @ParameterizedTest
  @ValueSource(
      strings = {"configure", "unconfigure", "plan", "status", "check", "show", "derive", "doctor"})
  void theHelpOfACommandHasSynopsisOptionsDefaultsExitCodesAndExamples(String command) {
    Call call = Call.of(services, command, "--help");
    assertThat(call.code()).isZero();
    assertThat(call.err()).isEmpty();
    assertThat(call.out())
        .startsWith("Usage: ncm-xen " + command + " [OPTIONS]")
        .contains(
            "\nOptions:\n", "--toolstack=auto|xl|xm", "Default: auto", "--json", "--debug[=N]")
        .contains(
            "\nExit codes:\n",
            "   0    success, possibly with warnings",
            "   70   a bug in ncm-xen")
        .contains("\nExamples:\n  ncm-xen " + command + " ")
        .doesNotContain("${", "\u001b");
    assertThat(call.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(Call.of(services, command, "-h")).isEqualTo(call);
  }

  @Test
  void theHelpOfTheWholeNamesCommandsAndAllExitCodes() {
    Call call = Call.of(services, "--help");
    assertThat(call.code()).isZero();
    assertThat(call.out()).contains("configure ", "unconfigure ", "plan ", "check ", "show ");
    for (Exit exit : Exit.values()) {
      assertThat(call.out()).contains(exit.code() + " ", exit.meaning());
    }
  }

  @Test
  void theVersionIsSaidInTheWordsOfNcm() {
    Call call = Call.of(services, "--version");
    assertThat(call.code()).isZero();
    assertThat(call.out()).startsWith("This is ncm-xen version ");
  }

  @Test
  void helpIsColouredOnATerminalOnly() {
    assertThat(Call.of(services, Call.TERMINAL, Interruption.none(), "plan", "--help").out())
        .contains("\u001b[");
  }
}
