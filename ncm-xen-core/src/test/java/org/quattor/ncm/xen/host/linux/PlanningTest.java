package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.XenHost;

/** Plans of a Linux host whose files are real and whose toolstack is a script. */
class PlanningTest {

  private static final String LIST =
      "Name ID Mem VCPUs State Time(s)\nDomain-0 0 2048 4 r----- 9.5\nold 5 512 1 -b---- 1.0\n";

  @TempDir Path root;

  @BeforeEach
  void aHostOnWhichAnotherDomainRuns() throws IOException {
    put("proc/xen/capabilities", "control_d\n");
    put("proc/sys/kernel/hostname", "xen1.example.org\n");
    put("boot/k", "");
    put("etc/xen/byhand", "name = 'byhand'\n");
    put("etc/xen/.web.1.ncm-xen.tmp", "half");
  }

  private void put(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ComponentPlan plan(String longList) throws Exception {
    StandIn.script(
        root.resolve("bin"),
        "xl",
        "#!/bin/sh\nif [ \"$2\" = -l ]; then "
            + longList
            + "; exit; fi\n/bin/cat <<END\n"
            + LIST
            + "END\n");
    return new XenComponent()
        .plan(
            Intent.CONFIGURE,
            ComponentContext.builder(
                    Scenario.domains(
                        """
                        {"web": {"auto": true,
                          "options": {"name": "web", "memory": 64, "kernel": "/boot/k"}}}
                        """))
                .operations(XenHost.class, new Answers(root).host(Timing.SYSTEM))
                .build());
  }

  private static List<String> starts(ComponentPlan plan) {
    return plan.actions().stream()
        .map(PlannedAction::summary)
        .filter(summary -> summary.startsWith("start"))
        .toList();
  }

  private Map<String, String> everything() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> !path.startsWith(root.resolve("bin"))).toList()) {
        all.put(
            root.relativize(file).toString(),
            Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                + (Files.isRegularFile(file) ? Files.readString(file) : ""));
      }
    }
    return all;
  }

  @Test
  void planningChangesNoFile() throws Exception {
    plan("echo '[]'");
    Map<String, String> before = everything();

    assertThat(plan("echo '[]'").actions()).hasSizeGreaterThan(2);
    assertThat(everything()).isEqualTo(before);
  }

  /** Any of the domains may be the guest under an earlier name. */
  @Test
  void aGuestWithoutDisksIsStartedOnlyWhenTheToolstackDescribesDomains() throws Exception {
    assertThat(starts(plan("echo '[]'"))).containsExactly("start domain web");
    assertThat(starts(plan("exit 1"))).isEmpty();
    assertThat(starts(plan("echo '[{'"))).isEmpty();
  }
}
