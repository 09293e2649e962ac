package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.CachedProfile;

class UsageTest {

  private final FakeEngine services = new FakeEngine();

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          plna                          ! unknown command plna; did you mean plan? (see ncm-xen --help)
          wibble                        ! unknown command wibble; expected one of configure, unconfigure, plan, status, check, show, derive, doctor, schema, explain, completion (see ncm-xen --help)
          plan --profil x               ! unknown option --profil of ncm-xen plan; did you mean --profile? (see ncm-xen plan --help)
          check -z                      ! unknown option -z of ncm-xen check; expected one of --toolstack, --schema, --json, --quiet, --verbose, --debug, --help (see ncm-xen check --help)
          check --no_action             ! unknown option --no-action of ncm-xen check; expected one of --toolstack, --schema, --json, --quiet, --verbose, --debug, --help (see ncm-xen check --help)
          configure --no-action         ! unknown option --no-action of ncm-xen configure; did you mean --noaction? (see ncm-xen configure --help)
          plan --json=yes               ! --json takes no value; expected only --json (see ncm-xen plan --help)
          plan --json=--quiet           ! --json takes no value; expected only --json (see ncm-xen plan --help)
          plan --profile                ! --profile expects a value: --profile FILE|- (see ncm-xen plan --help)
          plan --profile a --profile b  ! --profile can be given only once (see ncm-xen plan --help)
          plan --debug=9                ! --debug expects a whole number from 0 to 5, not "9" (see ncm-xen plan --help)
          plan --host elsewhere         ! --host expects local, or simulated:DIR with the directory of a simulated host, not "elsewhere" (see ncm-xen plan --help)
          plan --host simulated:        ! --host expects local, or simulated:DIR with the directory of a simulated host, not "simulated:" (see ncm-xen plan --help)
          plan --toolstack xn           ! --toolstack expects auto, xl or xm, not "xn" (see ncm-xen plan --help)
          plan --command-timeout 0      ! --command-timeout expects whole seconds from 1 to 86400, not "0" (see ncm-xen plan --help)
          plan --command-timeout 1m     ! --command-timeout expects whole seconds from 1 to 86400, not "1m" (see ncm-xen plan --help)
          show --dialect xen            ! --dialect expects xl or xm, not "xen" (see ncm-xen show --help)
          plan vm1                      ! ncm-xen plan expects no further argument, not "vm1" (see ncm-xen plan --help)
          configure nfs                 ! configure expects no argument but the component's name, xen, not "nfs" (see ncm-xen configure --help)
          configure xen xen             ! ncm-xen configure expects no further argument, not "xen" (see ncm-xen configure --help)
          """)
  void aWrongCommandLineIsOneSentenceThatSaysWhatWasExpected(String line, String sentence) {
    Call call = Call.of(services, line.split(" +", -1));
    assertThat(call).isEqualTo(new Call(64, "", "[ERROR] " + sentence + "\n"));
    assertThat(services.asked).isEmpty();
  }

  @Test
  void noCommandIsAUsageErrorThatNamesTheCommands() {
    assertThat(Call.of(services))
        .isEqualTo(
            new Call(
                64,
                "",
                "[ERROR] a command is missing; expected one of configure, unconfigure, plan, status,"
                    + " check, show, derive, doctor, schema, explain, completion (see ncm-xen --help)\n"));
  }

  @Test
  void withoutAProfileTheCurrentOneOfTheCacheIsTaken() {
    for (String command : List.of("plan", "configure", "unconfigure", "show")) {
      FakeEngine asked = new FakeEngine();
      Call.of(asked, command);
      assertThat(asked.asked).contains("read " + new CachedProfile(null, null, null));
    }
  }

  @Test
  void theProfileOfTheCacheIsChosenByOptionsInEitherSpelling() {
    Call.of(services, "plan", "--cache_root", "/c", "--useprofile=14", "--ccmcfg", "/etc/c.conf");
    Call.of(services, "plan", "--cache-root=/c", "--cid", "-1");
    assertThat(services.asked)
        .contains(
            "read " + new CachedProfile(Path.of("/c"), "14", Path.of("/etc/c.conf")),
            "read " + new CachedProfile(Path.of("/c"), "-1", null));
  }

  @Test
  void aProfileIsEitherAFileOrInTheCache() {
    assertThat(Call.of(services, "plan", "--profile", "a.json", "--cid", "1").err())
        .startsWith("[ERROR] --profile names a file, and --cache-root, --useprofile");
  }

  @Test
  void aCacheThatIsNotThereIsNoInput() {
    assertThat(Call.of(Services.xen(), "plan", "--cache_root", "/nowhere/ccm"))
        .isEqualTo(
            new Call(
                66,
                "",
                "[ERROR] /nowhere/ccm: the CCM cache does not exist; expected --profile FILE or"
                    + " --cache_root DIR\n"));
  }

  @Test
  void aWrongCcmConfIsAMistakeOfTheConfiguration() {
    assertThat(Call.of(Services.xen(), "plan", "--ccmcfg", "/nowhere/ccm.conf").code())
        .isEqualTo(78);
  }

  @Test
  void checkWithoutFilesAsksForThem() {
    assertThat(Call.of(services, "check").err())
        .isEqualTo(
            "[ERROR] check needs a profile; expected ncm-xen check FILE..., or - for standard"
                + " input\n");
  }

  @Test
  void anEmptyNameOfAProfileIsAUsageError() {
    assertThat(Call.of(services, "plan", "--profile", ""))
        .isEqualTo(new Call(64, "", "[ERROR] --profile expects a file name, not an empty text\n"));
  }

  @Test
  void controlCharactersOfAnArgumentAreShownEscaped() {
    assertThat(Call.of(services, "pl\u001b[2Jan\n\u202e").err())
        .startsWith("[ERROR] unknown command pl\\u{1b}[2Jan\\n\\u{202e};");
  }

  @Test
  void anArgumentIsNeverAFileOfArguments() {
    assertThat(Call.of(services, "plan", "@/etc/passwd").err())
        .isEqualTo(
            "[ERROR] ncm-xen plan expects no further argument, not \"@/etc/passwd\" (see ncm-xen plan"
                + " --help)\n");
  }
}
