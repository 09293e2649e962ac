package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /etc/ncm-xen.conf}. */
class ConfigurationFileTest {

  private static final Path EXAMPLE =
      Path.of(System.getProperty("ncm-xen.checkout", ".."), "dispatch/ncm-xen.conf");

  @TempDir private Path host;

  private final FakeEngine services = new FakeEngine();
  private Path file;

  @BeforeEach
  void makeFolder() throws IOException {
    file = Files.createDirectories(host.resolve("etc")).resolve("ncm-xen.conf");
  }

  @Test
  void aSettingStandsForAnOptionThatIsNotGiven() throws IOException {
    Files.writeString(
        file,
        """
        # of this site
        toolstack = xm
        command_timeout 7   # seconds

        stop-domains
        nocheck_noquattor
        """);
    Files.createFile(host.resolve("etc/noquattor"));
    assertThat(profile("unconfigure").code()).isZero();
    assertThat(services.context.options()).containsEntry("toolstack", List.of("xm"));
    assertThat(services.context.options()).containsEntry("command-timeout", List.of("7"));
    assertThat(services.context.options()).containsEntry("stop-domains", List.of("true"));
  }

  @Test
  void theCommandLineComesFirst() throws IOException {
    Files.writeString(file, "toolstack = xm\nstop-domains = no\n");
    assertThat(profile("configure", "--toolstack=xl", "--stop-domains").code()).isZero();
    assertThat(services.context.options()).containsEntry("toolstack", List.of("xl"));
    assertThat(services.context.options()).containsEntry("stop-domains", List.of("true"));
  }

  @Test
  void planIsAboutWhatConfigureWouldDo() throws IOException {
    Files.writeString(file, "toolstack = xm\nretries = 3\n");
    assertThat(profile("plan").code()).isZero();
    assertThat(services.context.options()).containsEntry("toolstack", List.of("xm"));
  }

  @Test
  void aNamedFileIsReadInItsPlace() throws IOException {
    Files.writeString(file, "nonsense");
    Path other = Files.writeString(host.resolve("other.conf"), "toolstack xm");
    assertThat(profile("configure", "--cfgfile", other.toString()).code()).isZero();
    assertThat(services.context.options()).containsEntry("toolstack", List.of("xm"));
  }

  @Test
  void whereTheProfileComesFromIsOneThing() throws IOException {
    Files.writeString(file, "cache_root = /srv/ccm\n");
    assertThat(profile("configure").code()).isZero();
    Files.writeString(file, "profile = /no/such.json\n");
    assertThat(call("configure", "--cid=7").code()).isZero();
    assertThat(services.asked).contains("read CachedProfile[cacheRoot=null, cid=7, ccmConf=null]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tool-stack = xl | 'tool-stack: unknown option; did you mean toolstack?'",
        "toolstack = xn | '--toolstack expects auto, xl or xm, not \"xn\"'",
        "retries | retries has no value; expected retries = N",
        "retries = many | '--retries expects a whole number from 0 to 99999, not \"many\"'",
        "noretries | retries needs a value; expected retries = VALUE",
        "stop-domains = perhaps | stop-domains is \"perhaps\"; expected yes or no",
        "cfgfile = x | 'cfgfile: unknown option; did you mean logfile?'",
      })
  void whatIsWrongIs78WithItsPlace(String line, String complaint) throws IOException {
    Files.writeString(file, "quiet\n" + line + "\n");
    assertThat(profile("configure"))
        .isEqualTo(new Call(78, "", "[ERROR] " + file + ":2: " + complaint + "\n"));
    assertThat(services.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rw-rw-r--,664", "rw-r--rw-,646", "rwxrwxrwx,777"})
  void aFileThatOthersMayWriteToIsRefusedWhenRootRuns(String mode, String number)
      throws IOException {
    Path other = Files.writeString(host.resolve("other.conf"), "retries = 1\n");
    for (Path settings : List.of(Files.writeString(file, "retries = 1\n"), other)) {
      Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString(mode));
      Call call =
          settings.equals(other)
              ? profile("configure", "--cfgfile", other.toString())
              : profile("configure");
      assertThat(call)
          .isEqualTo(
              new Call(
                  78,
                  "",
                  "[ERROR] "
                      + settings
                      + " can be written by others than root, mode "
                      + number
                      + "; expected chmod go-w "
                      + settings
                      + "\n"));
    }
    assertThat(services.asked).isEmpty();
    Call user =
        Call.withProfile(
            services,
            new ProcessEnvironment(ImmutableMap.of(), false, false, false, host),
            "configure",
            "--noaction",
            "--cfgfile",
            other.toString());
    assertThat(user.code()).isZero();
  }

  @Test
  void aFileOfSomebodyElseIsRefusedWhenRootRuns() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.writeString(file, "retries = 1\n");
    Files.setAttribute(file, "unix:uid", 65_534);
    assertThat(profile("configure"))
        .isEqualTo(
            new Call(
                78,
                "",
                "[ERROR] "
                    + file
                    + " is owned by user 65534; expected root: chown root "
                    + file
                    + "\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ufeffretries = 1", "retries = 1\u0000", "\u0000", "retries\u0000=1"})
  void oddBytesAreRefusedWithTheirLine(String text) throws IOException {
    Files.writeString(file, text);
    assertThat(profile("configure").code()).isEqualTo(78);
    assertThat(profile("configure").err()).startsWith("[ERROR] " + file + ":1: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\r", "retries = 1\rtoolstack = xm\r", "retries = 1\r\n\r\n"})
  void emptyFilesAndOtherLineEndsAreRead(String text) throws IOException {
    Files.writeString(file, text);
    assertThat(profile("configure").code()).isZero();
  }

  @Test
  void aSettingIsMadeOnce() throws IOException {
    Files.writeString(file, "retries = 1\nretries 2\n");
    assertThat(profile("configure").err()).contains(":2: retries is set twice");
  }

  @Test
  void aNamedFileThatIsMissingIs78() {
    Call call = profile("configure", "--cfgfile=" + host.resolve("etc/ncm-xne.conf"));
    assertThat(call.code()).isEqualTo(78);
    assertThat(call.err()).startsWith("[ERROR] no such file: ");
  }

  @Test
  void theExampleIsAccepted() throws IOException {
    Files.writeString(file, Files.readString(EXAMPLE));
    assertThat(profile("configure").code()).isZero();
    // And so is what it shows in comments; the schema is the site's.
    Files.writeString(
        file,
        String.join(
            "\n",
            Files.readAllLines(EXAMPLE).stream()
                .filter(line -> line.matches("#\\S.*") && !line.contains("schema"))
                .map(line -> line.substring(1))
                .toList()));
    assertThat(profile("configure").code()).isZero();
    assertThat(host.resolve("var/log/ncm-xen/component-xen.log")).exists();
  }

  private Call profile(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--profile");
    all.add(Call.profile().toString());
    return call(all.toArray(new String[0]));
  }

  private Call call(String... arguments) {
    return Call.of(
        services,
        new ProcessEnvironment(ImmutableMap.of(), false, false, true, host),
        Interruption.none(),
        arguments);
  }
}
