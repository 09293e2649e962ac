package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/derive.md, with the calls that its command makes. */
class DeriveClusterTest {

  private static final Path EXAMPLE =
      Path.of(System.getProperty("ncm-xen.checkout", ".."), "docs/examples/xen-cluster");

  @TempDir Path folder;

  @BeforeEach
  void copyHosts() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLE.resolve("hosts"))) {
      for (Path file : files.toList()) {
        Path target = folder.resolve(EXAMPLE.resolve("hosts").relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private Call call(String command, String host, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--hostname",
                host + ".example.org",
                "--derive-from",
                EXAMPLE.resolve("profiles").toString(),
                "--vars",
                EXAMPLE.resolve("xen.properties").toString()));
    if (!command.equals("derive")) {
      arguments.addAll(List.of("--host", "simulated:" + folder.resolve(host)));
    }
    arguments.addAll(List.of(more));
    return Call.of(Services.xen(), arguments.toArray(new String[0]));
  }

  private Call moved(String command, String host) {
    return call(
        command,
        host,
        "--derive-from",
        EXAMPLE.resolve("moved").toString(),
        "--vars",
        EXAMPLE.resolve("moved/moved.properties").toString());
  }

  private String file(String host, String guest) throws IOException {
    return Files.readString(folder.resolve(host).resolve("etc/xen/" + guest + ".example.org"));
  }

  private boolean exists(String host, String path) {
    return Files.exists(folder.resolve(host).resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void bothHostsAreConfigured() throws IOException {
    Call first = call("configure", "xen1");
    Call second = call("configure", "xen2");

    assertThat(first.code()).as(first.out()).isZero();
    assertThat(second.code()).as(second.out()).isZero();
    assertThat(file("xen1", "web"))
        .contains("memory = 2048", "vcpus = 2", "bootloader = \"pygrub\"");
    assertThat(file("xen1", "db"))
        .contains(
            "mac=00:16:3e:11:22:32,bridge=xenbr0",
            "mac=00:16:3e:11:22:33,bridge=xenbr1",
            "target=/dev/vg01/db.example.org-xvdb");
    assertThat(file("xen1", "build"))
        .contains("bootloader = \"/usr/bin/pypxeboot\"", "\"mac=00:16:3e:11:22:34,bridge=xenbr0\"");
    assertThat(file("xen2", "wiki")).contains("mac=00:16:3e:11:22:37,bridge=xenbr0");
    assertThat(first.out() + second.out())
        .contains("start domain build.example.org: done", "start domain wiki.example.org: done");
    assertThat(call("plan", "xen1").out()).contains("Plan: nothing to change");
    assertThat(call("plan", "xen2").out()).contains("Plan: nothing to change");
  }

  @Test
  void aGuestMovesFromOneHostToTheOther() throws IOException {
    call("configure", "xen1");
    call("configure", "xen2");

    Call left = moved("configure", "xen1");
    Call entered = moved("configure", "xen2");

    assertThat(entered.code()).as(entered.out()).isZero();
    assertThat(left.code()).as(left.out()).isZero();
    assertThat(exists("xen1", "etc/xen/news.example.org")).isFalse();
    assertThat(exists("xen1", "etc/xen/auto/news.example.org")).isFalse();
    assertThat(file("xen2", "news")).contains("mac=00:16:3e:11:22:35,bridge=xenbr1");
  }

  @Test
  void aGuestThatMovedInTheVariablesOnlyIsAnErrorThatNamesBothHosts() {
    Call call =
        call("plan", "xen2", "--set", "XEN_DB.xen2.example.org=mail.example.org,news.example.org");
    assertThat(call.code()).isEqualTo(65);
    assertThat(call.out())
        .contains("XEN505", "news.example.org is on xen1.example.org and on xen2.example.org");
  }

  @Test
  void whatIsPrintedPlansTheSame() throws IOException {
    Call derived = call("derive", "xen1");
    assertThat(derived.code()).isZero();
    Path profile = Files.writeString(folder.resolve("profile.json"), derived.out());
    String host = "simulated:" + folder.resolve("xen1");
    assertThat(
            Call.of(Services.xen(), "plan", "--profile", profile.toString(), "--host", host).out())
        .isEqualTo(call("plan", "xen1").out());
  }

  @Test
  void aTemplateIsPrintedOnRequest() {
    Call derived = call("derive", "xen2", "--format", "pan");
    assertThat(derived.out())
        .contains(
            "unique template xen/derived/xen2.example.org;",
            "'/software/components/xen/create_domains' = true;",
            "    'wiki.example.org', dict(");
    assertThat(call("derive", "xen2", "--format", "pan", "--json").out()).startsWith("{");
  }

  @Test
  void mistakesOnTheCommandLineAreUsageErrors() {
    assertThat(call("plan", "xen1", "--profile", "x.json"))
        .isEqualTo(
            new Call(
                64,
                "",
                "[ERROR] --hostname takes the host's own profile from --derive-from; expected"
                    + " either --hostname, or --profile or an option of the CCM cache\n"));
    assertThat(call("plan", "xen1", "--set", "XEN_VG").err())
        .isEqualTo("[ERROR] --set expects NAME=VALUE, such as XEN_VG=vg1, not \"XEN_VG\"\n");
    assertThat(Call.of(Services.xen(), "derive").code()).isEqualTo(64);
    assertThat(Call.of(Services.xen(), "plan", "--vars", "x").err())
        .contains("--vars needs --derive-from");
    assertThat(call("derive", "xen1", "--vars", folder.resolve("no").toString()).code())
        .isEqualTo(78);
    assertThat(
            Call.of(Services.xen(), "derive", folder.resolve("no").toString(), "--hostname", "x")
                .code())
        .isEqualTo(66);
  }

  @Test
  void anErrorKeepsTheProfileBack() {
    Call call = call("derive", "xen1", "--set", "XEN_CREATE_DOMAINS=yes", "--set", "XEN_RAM=0");
    assertThat(call.code()).isEqualTo(65);
    assertThat(call.out()).isEmpty();
    assertThat(call.err())
        .contains(
            "[ERROR] XEN501 --set:XEN_CREATE_DOMAINS: is \"yes\"; expected true or false",
            "[ERROR] XEN501 --set:XEN_RAM: is \"0\"; expected a whole number of MiB, at least 1");
  }
}
