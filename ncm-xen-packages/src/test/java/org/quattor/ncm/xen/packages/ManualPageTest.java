package org.quattor.ncm.xen.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quattor.ncm.xen.cli.CommandModel;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualPageTest {

  private static final CommandLine ALL = CommandModel.create();

  static java.util.List<CommandLine> commands() {
    return ManualPage.shown(ALL.getCommandSpec());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionAndExitCodeOfHelpIsInThePage(CommandLine command) {
    String page = ManualPage.of(command, "1.2.3");
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        assertThat(page).contains(option.longestName().replace("-", "\\-"));
      }
    }
    assertThat(page)
        .startsWith(".TH \"NCM\\-XEN\\-")
        .contains("\"ncm\\-xen 1.2.3\"", ".SH \"NAME\"\n", ".SH \"EXIT STATUS\"\n");
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeList()
        .keySet()
        .forEach(code -> assertThat(page).contains("\\fB" + code.strip() + "\\fR"));
  }

  @Test
  void thePageOfAllListsTheCommandsThatHelpLists() {
    String page = ManualPage.of(ALL, "1");
    assertThat(page).contains("\\fBconfigure\\fR", "\\fBcompletion\\fR", "ncm\\-xen\\-plan(8)");
    assertThat(page).doesNotContain("complete\\-guests");
  }

  @Test
  void textIsNeverARequestOfRoff() {
    Roff page = new Roff().paragraph(".so /etc/passwd").words("'\\fBx\\n[y]").words("\u2026~");
    assertThat(page).hasToString(".PP\n\\&.so /etc/passwd\n\\(aq\\efBx\\en[y]\n\\[u2026]\\(ti\n");
  }

  @Test
  void compressedIsWhatDebianCallsMaximal() throws IOException {
    byte[] text = "the same text ".repeat(100).getBytes(StandardCharsets.UTF_8);
    byte[] file = Gzip.of(text);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes()).isEqualTo(text);
    // RFC 1952: no name, no time, XFL 2.
    assertThat(file).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3);
  }
}
