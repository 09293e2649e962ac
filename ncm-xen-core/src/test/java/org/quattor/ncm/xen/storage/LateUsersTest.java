package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.MIB;
import static org.quattor.ncm.xen.storage.Disks.guest;
import static org.quattor.ncm.xen.storage.Disks.running;
import static org.quattor.ncm.xen.storage.Disks.volume;

import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.LateHost;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/** What happens between the look at the host and the action is seen right before the action. */
class LateUsersTest {

  private static final String DISK_OF =
      "{\"type\": \"lvm\", \"hostdevice\": \"vg0\", \"hostvol\": \"%s\", \"guestdevice\":"
          + " \"xvda\", \"rw\": \"w\", \"size\": 1024%s}";

  @TempDir Path folder;

  private static String disk(String name, String fields) {
    return DISK_OF.formatted(name, fields);
  }

  private SimulatedHost host(String... volumes) {
    return new Scenario(folder)
        .with(
            bare -> {
              SimulatedHostSpec host = bare.withGroup("vg0", 8 * GIB);
              for (String volume : volumes) {
                host = host.withVolume("vg0", volume, volume(GIB, "data"));
              }
              return host;
            })
        .host();
  }

  /** Configures; the event happens between the first start and all that follows. */
  private static ComponentResult configure(
      SimulatedHost host, Profile profile, UnaryOperator<SimulatedHostSpec> event) {
    AtomicInteger starts = new AtomicInteger();
    XenHost altered = LateHost.after("start", starts, host, () -> host.change(event));
    return new XenComponent(Duration::toMillis)
        .configure(ComponentContext.builder(profile).operations(XenHost.class, altered).build());
  }

  private static String cause(ComponentResult result, String summary) {
    return result.actions().stream()
        .filter(action -> action.action().summary().equals(summary))
        .filter(action -> action.outcome() == Outcome.FAILED)
        .map(action -> action.cause())
        .findFirst()
        .orElse("");
  }

  private static Profile two(String fields) {
    return Scenario.domains(
        "{" + guest("a", disk("a", "")) + ", " + guest("b", disk("b", fields)) + "}");
  }

  @Test
  void aDomainThatGotTheDiskMeanwhileKeepsItsGuestFromBeingStarted() {
    SimulatedHost host = host("a", "b");
    ComponentResult result =
        configure(
            host,
            two(""),
            now ->
                now.withDomain(
                    "rescue",
                    new RunningDomain(
                        77,
                        Activity.RUNNING,
                        running("rescue", "/dev/vg0/b", true).configuration(),
                        ImmutableSortedSet.of())));
    assertThat(cause(result, "start domain b"))
        .isEqualTo("running domain rescue uses /dev/vg0/b now");
    assertThat(host.spec().domains()).doesNotContainKey("b");
  }

  @Test
  void aDiskThatIsMountedMeanwhileIsNotGivenToAGuest() {
    ComponentResult result =
        configure(host("a", "b"), two(""), now -> now.withUsers("/dev/vg0/b", "mounted on /mnt"));
    assertThat(cause(result, "start domain b"))
        .isEqualTo("dom0 uses /dev/vg0/b now: mounted on /mnt");
  }

  private static ComponentResult restart(
      SimulatedHost host, String after, UnaryOperator<SimulatedHostSpec> event) {
    AtomicInteger calls = new AtomicInteger();
    XenHost altered = LateHost.after(after, calls, host, () -> host.change(event));
    Profile profile =
        Scenario.domains(
            "{"
                + guest("a", disk("a", ""))
                    .replaceFirst("\\{\"options", "{\"on_change\": \"restart\", \"options")
                    .replace("512", "768")
                + "}");
    return new XenComponent(Duration::toMillis)
        .configure(ComponentContext.builder(profile).operations(XenHost.class, altered).build());
  }

  /** Or else a guest would stay down since its image was not detached at once. */
  @Test
  void aLoopDeviceThatLingersAfterTheShutdownOfARestartIsNoObstacle() throws Exception {
    SimulatedHost host = host("a");
    new XenComponent(Duration::toMillis)
        .configure(
            ComponentContext.builder(Scenario.domains("{" + guest("a", disk("a", "")) + "}"))
                .operations(XenHost.class, host)
                .build());
    ComponentResult result =
        restart(host, "shutdown", now -> now.withUsers("/dev/vg0/a", "attached as /dev/loop3"));
    assertThat(result.errors()).isZero();
    assertThat(host.spec().domains()).containsKey("a");
  }

  @Test
  void aDiskThatIsMountedDuringTheShutdownOfARestartIsNotGivenBack() {
    SimulatedHost host = host("a");
    new XenComponent(Duration::toMillis)
        .configure(
            ComponentContext.builder(Scenario.domains("{" + guest("a", disk("a", "")) + "}"))
                .operations(XenHost.class, host)
                .build());
    ComponentResult result =
        restart(host, "shutdown", now -> now.withUsers("/dev/vg0/a", "mounted on /mnt"));
    assertThat(cause(result, "restart domain a"))
        .isEqualTo("dom0 uses /dev/vg0/a now: mounted on /mnt");
    assertThat(host.spec().domains()).doesNotContainKey("a");
  }

  @Test
  void aGuestWhoseDiskDom0HasMountedIsNotShutDownForARestart() throws Exception {
    SimulatedHost host = host("a");
    new XenComponent(Duration::toMillis)
        .configure(
            ComponentContext.builder(Scenario.domains("{" + guest("a", disk("a", "")) + "}"))
                .operations(XenHost.class, host)
                .build());
    host.change(now -> now.withUsers("/dev/vg0/a", "mounted on /mnt"));
    ComponentResult result = restart(host, "start", now -> now);
    assertThat(cause(result, "restart domain a"))
        .isEqualTo("dom0 uses /dev/vg0/a now: mounted on /mnt");
    assertThat(host.spec().domains()).containsKey("a");
  }

  @Test
  void whenNothingElseHappensTheToolstackIsNotAskedAgain() {
    SimulatedHost host = host("a", "b");
    ComponentResult result = configure(host, two(""), now -> now);
    assertThat(result.errors()).isZero();
    // vgs, lvs, xl list, and a start each: nothing ran that xl list -l could tell of.
    assertThat(result.commands()).isEqualTo(5);
    assertThat(host.spec().volumes().get("vg0/b").sizeBytes()).isEqualTo(1024 * MIB);
  }
}
