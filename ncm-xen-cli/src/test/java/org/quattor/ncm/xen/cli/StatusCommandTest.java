package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Refusal;

/** The status of a simulated host, by the command. */
class StatusCommandTest {

  private static final String GUEST =
      """
      "%1$s": {"auto": true, "options": {"name": "%1$s", "memory": %2$d, "maxmem": 1024,
        "kernel": "/boot/%3$s", "disk": [{"type": "file", "path": "/srv/%1$s.img", "size": 64,
        "guestdevice": "xvda", "rw": "w"}]}}""";

  @TempDir Path folder;
  private Path profile;

  @BeforeEach
  void aHostWithThreeGuests() throws IOException {
    profile = folder.resolve("profile.json");
    profile(512, "vmlinuz");
    assertThat(run("configure").code()).isZero();
  }

  private void profile(int webMemory, String webKernel) throws IOException {
    Files.writeString(
        profile,
        """
        {"software": {"components": {"xen": {"active": true, "dispatch": true,
          "create_filesystems": true, "create_domains": true, "domains": {%s, %s, %s}}}}}
        """
            .formatted(
                GUEST.formatted("web", webMemory, webKernel),
                GUEST.formatted("db", 256, "vmlinuz"),
                GUEST
                    .formatted("lab", 64, "vmlinuz")
                    .replace("\"auto\": true", "\"state\": \"unmanaged\"")));
  }

  private Call run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("--profile", profile.toString(), "--host", "simulated:" + folder.resolve("host")));
    return Call.of(Services.xen(), all.toArray(new String[0]));
  }

  /** Stops db behind our back, and lets another hand start a domain. */
  private void anotherHandWasHere() throws IOException {
    Path state = folder.resolve("host/host.json");
    String text = Files.readString(state);
    int db = text.indexOf("\"db\" : {");
    Files.writeString(
        state,
        (text.substring(0, db)
                + "\"byhand\" : { \"id\": 9, \"activity\": \"paused\" }, \"gone"
                + text.substring(db + 3)
                    .replaceFirst("\"uuid\" : \"[0-9a-f]{8}", "\"uuid\" : \"00000000"))
            .replace("\"gone\" :", "\"other\" :")
            .replace("/srv/db.img", "/srv/other.img")
            .replaceFirst("\"watched\" : \\[[^]]*]", "\"watched\" : [ ]"));
  }

  @Test
  void disksThatNoGuestHasAnyMoreAreNamed() throws IOException {
    assertThat(run("status").toString()).doesNotContain("XEN319");
    Files.writeString(
        profile, Files.readString(profile).replace("/srv/web.img", "/srv/instead.img"));

    assertThat(run("status").toString())
        .contains("XEN319", "guests that no longer have them: image files /srv/web.img");
  }

  @Test
  void whatIsAsDeclaredNeedsNothing() {
    Call call = run("status");

    assertThat(call.code()).isZero();
    assertThat(call.err()).isEmpty();
    assertThat(call.out())
        .isEqualTo(
            """
            GUEST  DECLARED   FILE     AUTOSTART  STATE    DISKS        TAKES
            db     running    ok       on         running  ok           nothing
            lab    unmanaged  missing  off        stopped  not-checked  nothing
            web    running    ok       on         running  ok           nothing
            """);
    Call nagios = run("status", "--format", "nagios");
    assertThat(nagios.code()).isZero();
    assertThat(nagios.out())
        .isEqualTo(
            "XEN OK - 3 guests as declared"
                + " | guests=3 running=2 down=0 drifted=0 errors=0 warnings=0\n");
  }

  @Test
  void whatDiffersIsToldWithWhatItTakes() throws IOException {
    profile(1024, "vmlinuz-6.1");

    Call call = run("status", "--guest", "web");

    assertThat(call.code()).isZero();
    assertThat(call.out())
        .isEqualTo(
            """
            GUEST  DECLARED  FILE     AUTOSTART  STATE    DISKS  TAKES
            web    running   differs  on         running  ok     next-reboot
            web: differs: memory 512 MiB to 1 GiB (live)
            web: differs: kernel /boot/vmlinuz to /boot/vmlinuz-6.1 (next-reboot)
            web: configure would write /etc/xen/web
            """);
    Call nagios = run("status", "--format", "nagios");
    assertThat(nagios.code()).isEqualTo(1);
    assertThat(nagios.out())
        .isEqualTo(
            "XEN WARNING - not as declared: web"
                + " | guests=3 running=2 down=0 drifted=1 errors=0 warnings=1\n");
  }

  @Test
  void aGuestThatIsDownIsCriticalAndAForeignDomainIsListed() throws IOException {
    anotherHandWasHere();

    Call call = run("status");

    assertThat(call.out())
        .contains(
            "db      running    ok       on         stopped  ok           configure\n",
            "byhand  no         -        -          paused   -            -\n",
            "db: configure would start domain db\n");
    Call nagios = run("status", "--format", "nagios");
    assertThat(nagios.code()).isEqualTo(2);
    assertThat(nagios.out()).startsWith("XEN CRITICAL - not running: db; not as declared: db | ");
  }

  @Test
  void theDocumentSaysTheSame() throws IOException {
    profile(1024, "vmlinuz");

    Call call = run("status", "--json", "--guest", "web");

    assertThat(call.code()).isZero();
    assertThat(call.out())
        .startsWith("{\n  \"format\" : \"ncm-xen.status/1\",\n  \"complete\" : true,")
        .contains(
            "\"declared\" : \"running\"",
            "\"file\" : \"differs\"",
            "\"summary\" : \"memory 512 MiB to 1 GiB\",\n          \"impact\" : \"live\"",
            "\"takes\" : \"live\"",
            "\"autostartDeclared\" : \"on\"",
            "\"others\" : [ ]");
  }

  @Test
  void statusChangesNothing() throws IOException {
    profile(1024, "vmlinuz-6.1");
    String before = Files.readString(folder.resolve("host/host.json"));

    run("status");

    assertThat(Files.readString(folder.resolve("host/host.json"))).isEqualTo(before);
    assertThat(Files.readString(folder.resolve("host/etc/xen/web"))).contains("memory = 512");
  }

  @Test
  void whatCannotBeToldIsUnknownInOneLine() throws IOException {
    Call toolstack =
        Call.withProfile(
            FakeEngine.throwing(
                () -> new Refusal(Refusal.Kind.NO_TOOLSTACK, "this host | has no xl")),
            "status",
            "--format",
            "nagios");
    assertThat(toolstack.code()).isEqualTo(3);
    assertThat(toolstack.out()).isEqualTo("XEN UNKNOWN - this host / has no xl\n");
    Files.writeString(profile, Files.readString(profile).replace("512", "\"512\""));
    Call invalid = run("status", "--format", "nagios");
    assertThat(invalid.code()).isEqualTo(3);
    assertThat(invalid.out()).startsWith("XEN UNKNOWN - 1 error, first: ").hasLineCount(1);
    assertThat(run("status").code()).isEqualTo(65);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--bogus", "--cfgfile=/nowhere", "--debug=9"})
  void aCallThatIsWrongIsUnknownInOneLineToo(String wrong) {
    Call call = run("status", wrong, "--format", "nagios");

    assertThat(call.code()).isEqualTo(3);
    assertThat(call.out()).startsWith("XEN UNKNOWN - ").hasLineCount(1);
    assertThat(call.err()).hasLineCount(1);
  }

  @Test
  void anotherFormatIsAMistake() {
    Call call = run("status", "--format", "yaml");

    assertThat(call.code()).isEqualTo(64);
    assertThat(call.err()).contains("--format expects table or nagios, not \"yaml\"");
  }
}
