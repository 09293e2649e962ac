package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process on the local host, as a dispatcher starts it: in namespaces and a root folder of
 * its own, where this machine lies read-only and {@code /etc}, {@code /var}, {@code /run} and
 * {@code /srv} are the test's, with an {@code xl} that only tells of its calls.
 */
@Tag("long")
class LocalHostTest {

  private static final Path XL = Path.of("/usr/sbin/xl");

  private static final String OWN_ROOT =
      """
      set -e
      top=$1
      shift
      mkdir -p "$top/root"
      mount --rbind / "$top/root"
      mount -o remount,ro,bind "$top/root"
      for name in etc var run srv sys; do
          mount --bind "$top/$name" "$top/root/$name"
      done
      mount --bind "$top/xl" "$top/root$(readlink -f /usr/sbin/xl)"
      exec chroot "$top/root" "$@"
      """;

  private static final String FAKE_XL =
      """
      #!/bin/sh
      case "$*" in
      list) printf 'Name ID Mem VCPUs State Time(s)\\nDomain-0 0 1024 1 r----- 1.0\\n' ;;
      create*)
          echo begun >>/run/created
          # Until somebody opens it.
          [ -p /run/hold ] && read -r _ </run/hold
          echo ended >>/run/created
          ;;
      esac
      """;

  private static final String PROFILE =
      """
      {"software": {"components": {"xen": {
        "active": true, "dispatch": true, "create_domains": true, "create_filesystems": true,
        "domains": {"g": {"auto": true, "options": {
          "name": "g", "memory": 128, "kernel": "/srv/vmlinuz",
          "disk": [{"type": "file", "path": "/srv/g.img", "guestdevice": "xvda",
            "rw": "w", "size": 1}]}}}}}},
       "system": {"network": {"hostname": "dom0", "domainname": "example.org"}}}
      """;

  @TempDir private Path top;

  @BeforeEach
  void makeAHost() throws Exception {
    assumeTrue(
        new ProcessBuilder("unshare", "-m", "-n", "true").start().waitFor() == 0,
        "no mount namespace to be had (not root?): the local host is not tried for real");
    assumeTrue(Files.exists(XL), "there is no " + XL + ": the local host is not tried for real");
    for (String folder :
        List.of(
            "etc/xen/auto",
            "var/lib/ccm/profile.7",
            "run/lock",
            "srv",
            "sys/hypervisor/version",
            "sys/class/net")) {
      Files.createDirectories(top.resolve(folder));
    }
    // Java's own settings are there on Debian.
    assertThat(
            new ProcessBuilder(
                    "sh", "-c", "cp -a /etc/java* /etc/ld.so.* /etc/passwd " + top.resolve("etc"))
                .start()
                .waitFor())
        .isNotNegative();
    Files.createSymbolicLink(top.resolve("var/lock"), Path.of("../run/lock"));
    Files.writeString(top.resolve("sys/hypervisor/type"), "xen\n");
    Files.writeString(top.resolve("sys/hypervisor/uuid"), "00000000-0000-0000-0000-000000000000\n");
    Files.writeString(top.resolve("sys/hypervisor/version/major"), "4\n");
    Files.writeString(top.resolve("sys/hypervisor/version/minor"), "17\n");
    Files.writeString(top.resolve("var/lib/ccm/current.cid"), "7\n");
    Files.writeString(top.resolve("var/lib/ccm/profile.7/profile"), PROFILE);
    Files.writeString(top.resolve("srv/vmlinuz"), "a kernel");
    Path xl = Files.writeString(top.resolve("xl"), FAKE_XL);
    Files.setPosixFilePermissions(xl, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void withoutArgumentsTheCurrentProfileIsAppliedWithLocksStateAndLog() throws Exception {
    Files.writeString(
        top.resolve("etc/ncm-xen.conf"), "logdir /var/log/ncm-xen\nstate = /var/run/qc\n");
    Files.createSymbolicLink(top.resolve("var/run"), Path.of("../run"));
    try (Launched run = launch("configure")) {
      assertThat(run.end()).as(run.text()).isZero();
      assertThat(run.text())
          .contains("[INFO] g: start domain g: done\n")
          .endsWith("[OK]   0 errors, 0 warnings executing configure\n");
    }
    assertThat(top.resolve("etc/xen/g")).exists();
    assertThat(top.resolve("run/lock/quattor/ncm-ncd")).isEmptyFile();
    assertThat(top.resolve("run/lock/quattor/ncm-xen")).isEmptyFile();
    assertThat(top.resolve("run/qc")).isEmptyDirectory();
    assertThat(Files.readString(top.resolve("var/log/ncm-xen/component-xen.log")))
        .contains(" [VERB] Executing command: xl list\n")
        .endsWith(" [OK]   0 errors, 0 warnings executing configure\n");
  }

  @Test
  void noQuattorIs3() throws Exception {
    Files.writeString(top.resolve("etc/noquattor"), "disk swap");
    try (Launched run = launch("--configure", "xen")) {
      assertThat(run.end()).isEqualTo(3);
      assertThat(run.text()).startsWith("[ERROR] ").contains("with the text \"disk swap\"; ");
    }
    assertThat(top.resolve("run/lock/quattor")).doesNotExist();
  }

  @Test
  void sigtermEndsTheRunAndNotTheStartOfADomain() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", top.resolve("run/hold").toString()).start().waitFor())
        .isZero();
    try (Launched run = launch("configure", "--verbose", "--state=/run/qc")) {
      run.line(" xl create /etc/xen/g");
      // Once it is begun.
      while (!Files.exists(top.resolve("run/created"))) {
        Thread.onSpinWait();
      }
      long signalled = System.nanoTime();
      run.signal("TERM");
      assertThat(run.end()).as(run.text()).isEqualTo(143);
      assertThat((System.nanoTime() - signalled) / 1e9).isLessThan(2);
      assertThat(run.text()).contains("goes on in the background; this run was interrupted");
    }
    assertThat(Files.readString(top.resolve("run/created"))).isEqualTo("begun\n");
    assertThat(Files.readString(top.resolve("run/qc/xen"))).isEqualTo("\n");
    Files.writeString(top.resolve("run/hold"), "go on\n");
    while (!Files.readString(top.resolve("run/created")).endsWith("ended\n")) {
      Thread.onSpinWait();
    }
  }

  private Launched launch(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("unshare", "-m", "-n", "sh", "-c", OWN_ROOT, "sh", top.toString()));
    // What ncm-ncd leaves of the environment.
    command.addAll(List.of("env", "-i", "PATH=/bin:/usr/bin:/sbin:/usr/sbin", "HOME=/"));
    List<String> java = Launched.command(arguments);
    java.add(1, "-Djava.io.tmpdir=/run");
    command.addAll(java);
    return Launched.start(command);
  }
}
