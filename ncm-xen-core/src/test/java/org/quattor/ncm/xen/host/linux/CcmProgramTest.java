package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CcmProgramTest {

  @TempDir Path folder;

  private CcmProgram program(String script) throws IOException {
    Path ccm = folder.resolve("ccm");
    Files.writeString(ccm, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(ccm, PosixFilePermissions.fromString("rwxr-xr-x"));
    return surrounded();
  }

  private CcmProgram surrounded() {
    return new CcmProgram(
        new SystemPaths(
            Path.of("/"), Path.of("/proc"), Path.of("/sys"), folder + ":/usr/bin:/bin"));
  }

  @Test
  void theProgramIsAskedForTheWholeProfileAsJson() throws IOException {
    assertThat(program("echo \"$@\"").json(Path.of("/c d"), 14))
        .hasValue("--cache_root /c d --cid 14 --format json --show /\n");
  }

  @Test
  void noAnswerIsEmpty() throws IOException {
    assertThat(program("exit 1").json(Path.of("/c"), 1)).isEmpty();
    assertThat(program("true").json(Path.of("/c"), 1)).isEmpty();
  }

  @Test
  void aMissingProgramIsEmpty() {
    assertThat(surrounded().json(Path.of("/c"), 1)).isEmpty();
  }
}
