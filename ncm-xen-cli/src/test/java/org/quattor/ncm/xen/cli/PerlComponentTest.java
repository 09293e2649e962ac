package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Perl package by which ncm-ncd runs ncm-xen, under stand-ins for the classes of ncm-ncd. */
class PerlComponentTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout", ".."));
  private static final Path PERL = CHECKOUT.resolve("dispatch/perl").toAbsolutePath();

  @TempDir private Path folder;

  @BeforeEach
  void findPerl() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/perl")),
        "there is no /usr/bin/perl: the Perl component is not run for real");
  }

  @Test
  void itCompiles() throws Exception {
    Run run = perl("-c", PERL.resolve("NCM/Component/xen.pm").toString());
    assertThat(run.text).endsWith("syntax OK\n").hasLineCount(1);
    assertThat(run.code).isZero();
  }

  @Test
  void itsOwnTestsPass() throws Exception {
    Run run = perl(PERL.resolve("t/xen.t").toString());
    assertThat(run.text).doesNotContain("not ok").contains("\n1..");
    assertThat(run.code).isZero();
  }

  @Test
  void itRunsTheRealProgramOnTheProfileThatNcmNcdHasOpened() throws Exception {
    Path cache = Files.createDirectories(folder.resolve("ccm"));
    Files.writeString(cache.resolve("current.cid"), "15\n");
    for (String cid : List.of("14", "15")) {
      Path profile = Files.createDirectories(cache.resolve("profile." + cid)).resolve("profile");
      Files.copy(
          CHECKOUT.resolve(
              "test-profiles/"
                  + (cid.equals("14") ? "first-host" : "five-mistakes")
                  + "/profile.json"),
          profile);
    }
    Path program = folder.resolve("ncm-xen");
    Files.writeString(
        program,
        String.join(
            " ",
            "#!/bin/sh\nexec",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1 -cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName(),
            "\"$@\" --host simulated:" + folder.resolve("host") + "\n"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

    Run dry = once(program, cache, "14", "Configure", "noaction");
    assertThat(dry.text).contains("info: nothing was changed, because of --noaction\n");
    assertThat(folder.resolve("host")).doesNotExist();
    Run made = once(program, cache, "14", "Configure");
    assertThat(made.text)
        .contains("event: /etc/xen/web.example.org\n")
        .doesNotContain("executing configure")
        .endsWith("\n0 errors, 0 warnings\n");
    assertThat(folder.resolve("host/etc/xen/web.example.org")).exists();
    assertThat(folder.resolve("host/var")).doesNotExist();
    Run wrong = once(program, cache, "15", "Configure");
    assertThat(wrong.text).contains("error: XEN003 /software/").endsWith("5 errors, 0 warnings\n");
    Run gone = once(program, cache, "14", "Unconfigure");
    assertThat(gone.text).endsWith("\n0 errors, 0 warnings\n");
    assertThat(folder.resolve("host/etc/xen/web.example.org")).doesNotExist();
  }

  private Run once(Path program, Path cache, String cid, String... rest) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                PERL.resolve("t/once.pl").toString(), program.toString(), cache.toString(), cid));
    arguments.addAll(List.of(rest));
    return perl(arguments.toArray(new String[0]));
  }

  private Run perl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/perl"));
    command.addAll(List.of("-I" + PERL, "-I" + PERL.resolve("t/lib")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // What ncm-ncd leaves of the environment.
    builder.environment().clear();
    builder.environment().put("PATH", "/bin:/usr/bin:/sbin:/usr/sbin");
    builder.environment().put("HOME", "/");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), text);
  }

  private record Run(int code, String text) {}
}
