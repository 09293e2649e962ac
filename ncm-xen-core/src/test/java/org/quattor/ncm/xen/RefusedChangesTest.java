package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.RunningWeb.OPTIONS;
import static org.quattor.ncm.xen.RunningWeb.changed;
import static org.quattor.ncm.xen.RunningWeb.found;
import static org.quattor.ncm.xen.RunningWeb.guest;
import static org.quattor.ncm.xen.RunningWeb.types;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.XenHost;

/** Changes that would leave a running guest worse off are not made. */
class RefusedChangesTest {

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aRunningGuest() {
    host = RunningWeb.on(folder);
  }

  @Test
  void aGuestIsNotShutDownForAStartThatTheHostHasNoMemoryFor() {
    ComponentResult result =
        host.answering("freeMemoryMib", () -> OptionalLong.of(1000))
            .configure(guest(changed("memory beyond"), "restart"));

    assertThat(result.actions().get(result.actions().size() - 1).cause())
        .isEqualTo(
            "domain web is not restarted, because it would not start again: it needs 1536 MiB"
                + " more, and the host has 1000 MiB free");
    assertThat(host.host().spec().domains().get("web").id()).isEqualTo(1);
  }

  @Test
  void aGuestIsNotShutDownForAStartWithoutItsBridge() {
    String elsewhere = OPTIONS.replace("bridge=xenbr0", "bridge=xenbr7").replace("quiet", "single");
    ComponentResult result = host.configure(guest(elsewhere, "restart"));

    assertThat(types(result.plan().actions())).doesNotContain("restart-domain");
    assertThat(found(result.plan(), "XEN405")).isEqualTo("bridge xenbr7 does not exist");
    assertThat(host.host().spec().domains().get("web").id()).isEqualTo(1);
  }

  @Test
  void aGuestIsNotShutDownForAStartWithoutItsKernel() throws Exception {
    Profile profile = guest(changed("kernel"), "restart");
    XenHost late =
        LateHost.after(
            "watched",
            new AtomicInteger(),
            host.host(),
            () -> host.path("/boot/vmlinuz-6.1").toFile().delete());
    ComponentResult result =
        new XenComponent(pause -> {})
            .configure(ComponentContext.builder(profile).operations(XenHost.class, late).build());
    assertThat(result.actions().get(result.actions().size() - 1).cause())
        .isEqualTo(
            "domain web is not restarted, because it would not start again: /boot/vmlinuz-6.1 is"
                + " missing");
    ComponentPlan plan = host.plan(profile);
    assertThat(types(plan.actions())).doesNotContain("restart-domain");
    assertThat(found(plan, "XEN343")).isEqualTo("/boot/vmlinuz-6.1 does not exist");
    assertThat(host.host().spec().domains().get("web").id()).isEqualTo(1);
  }

  @Test
  void lessMemoryWaitsForTheNextReboot() {
    ComponentPlan plan = host.plan(guest(OPTIONS.replace("512", "256"), "live"));
    assertThat(types(plan.actions())).doesNotContain("set-memory");
    assertThat(found(plan, "XEN363")).endsWith("memory 512 MiB to 256 MiB (next reboot)");
  }

  @Test
  void aDiskThatDom0UsesIsNotAttached() {
    host.change(now -> now.withUsers("/dev/vg0/data", "mounted on /srv"));
    host.change(
        now ->
            now.withVolume(
                "vg0",
                "data",
                new org.quattor.ncm.xen.host.LvmInventory.Volume(1L << 30, java.util.Set.of())));

    ComponentResult result = host.configure(guest(changed("disk"), "live"));

    assertThat(types(result.plan().actions())).isEmpty();
    assertThat(found(result.plan(), "XEN312"))
        .isEqualTo("dom0 uses /dev/vg0/data: mounted on /srv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "next-reboot", "restart"})
  void aGuestThatIsHeldBackIsLeftAsItIs(String mode) {
    Profile profile =
        guest(changed("another disk").replace("\"size\"", "\"create\": false, \"size\""), mode);

    ComponentResult result = host.configure(profile);

    assertThat(types(result.plan().actions())).isEmpty();
    assertThat(result.errors()).isPositive();
    assertThat(found(result.plan(), "XEN363")).contains("disk xvda");
  }
}
