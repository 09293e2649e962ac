package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessEnvironmentTest {

  @Test
  void withoutAWordFromTheLauncherNothingIsATerminal() {
    ProcessEnvironment process = ProcessEnvironment.ofProcess();
    assertThat(process.outputIsTerminal()).isFalse();
    assertThat(process.errorIsTerminal()).isFalse();
  }

  @Test
  void rootIsWhoeverHasUserNumberZero() throws IOException {
    Path owned = Files.createTempFile("owner", null);
    try {
      assertThat(ProcessEnvironment.ofProcess().root())
          .isEqualTo(Files.getAttribute(owned, "unix:uid").equals(0));
    } finally {
      Files.delete(owned);
    }
  }

  @Test
  void anEmptyNoColorIsNoWish() {
    assertThat(
            new ProcessEnvironment(ImmutableMap.of("NO_COLOR", ""), true, false, false, Call.HOST)
                .coloured())
        .isTrue();
  }
}
