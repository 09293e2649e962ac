package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.NewImage;
import org.quattor.ncm.xen.host.XenHost;

/** Prints what storage costs; {@code benchmarks/storage} runs it. */
@Tag("long")
class StorageBenchmark {

  private static final long MIB = 1L << 20;
  private static final int IMAGE_MIB = 10_240;
  private static final int DD_MIB = Integer.getInteger("ddMib", IMAGE_MIB);
  private static final int GUESTS = 100;

  @TempDir Path temp;

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void row(String what, double seconds, String rest) {
    System.out.printf("%-58s %9.3f s  %s%n", what, seconds, rest);
  }

  @Test
  void anImageBesideDd() throws Exception {
    assumeTrue(
        Files.getFileStore(temp).getUsableSpace() > (DD_MIB + 1024) * MIB,
        "not enough space: name a smaller size for dd");
    LinuxHost host = new LinuxHost(Duration.ofMinutes(30), line -> {});
    for (Allocation allocation : new Allocation[] {Allocation.SPARSE, Allocation.RESERVED}) {
      String path = temp + "/" + allocation;
      NewImage image = NewImage.blank(ImageFormat.RAW, IMAGE_MIB * MIB, allocation);
      double made = seconds(() -> host.storage().createImage(path, image, bytes -> {}));
      row("image of 10 GiB, " + allocation.name().toLowerCase(), made, "");
      Files.delete(Path.of(path));
      assertThat(allocation != Allocation.SPARSE || made < 1).as("a sparse image is fast").isTrue();
    }
    String target = temp + "/dd";
    double dd =
        seconds(
            () ->
                new ProcessBuilder(
                        "dd",
                        "if=/dev/zero",
                        "of=" + target,
                        "bs=1M",
                        "count=" + DD_MIB,
                        "conv=fsync",
                        "status=none")
                    .inheritIO()
                    .start()
                    .waitFor());
    Files.delete(Path.of(target));
    String scaled = DD_MIB == IMAGE_MIB ? "" : "scaled from " + DD_MIB + " MiB";
    row("dd if=/dev/zero of the same size", dd * IMAGE_MIB / DD_MIB, scaled);
  }

  private static Profile hundredGuests() {
    String guest =
        """
        "g%1$d": {"options": {"name": "g%1$d", "memory": 64, "bootloader": "pygrub", "disk": [
          {"type": "lvm", "hostdevice": "vg0", "hostvol": "g%1$d", "size": 8,
           "guestdevice": "xvda", "rw": "w"},
          {"type": "file", "path": "/srv/xen/g%1$d.img", "size": 8, "guestdevice": "xvdb",
           "rw": "w"}]}}""";
    return Scenario.domains(
        IntStream.range(0, GUESTS)
            .mapToObj(guest::formatted)
            .collect(Collectors.joining(", ", "{", "}")));
  }

  private static ComponentResult configure(XenHost host, Profile profile) {
    return new XenComponent(duration -> {})
        .configure(ComponentContext.builder(profile).operations(XenHost.class, host).build());
  }

  private static void measure(String name, XenHost host) throws Exception {
    Profile profile = hundredGuests();
    List<ComponentResult> results = new ArrayList<>();
    double first = seconds(() -> results.add(configure(host, profile)));
    assertThat(results.get(0).errors()).as(problems(results.get(0))).isZero();
    row(
        name + ", first run",
        first,
        results.get(0).commands() + " commands, " + results.get(0).actions().size() + " actions");
    double second = seconds(() -> results.add(configure(host, profile)));
    assertThat(results.get(1).actions()).isEmpty();
    assertThat(results.get(1).commands()).isLessThanOrEqualTo(4);
    row(name + ", nothing to change", second, results.get(1).commands() + " commands");
  }

  private static String problems(ComponentResult result) {
    return Stream.concat(
            result.plan().findings().stream().map(Finding::toString),
            result.actions().stream().map(ActionResult::cause).filter(cause -> !cause.isEmpty()))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aHundredGuestsOnTheSimulatedHost() throws Exception {
    measure(
        "100 guests x 2 disks, simulated host",
        new Scenario(temp.resolve("dom0")).with(bare -> bare.withGroup("vg0", 1L << 40)).host());
  }

  /** Real files and processes; the tools answer as for the guests that were started. */
  @Test
  void aHundredGuestsOnTheLinuxHost() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root, for mknod");
    Path root = Files.createDirectories(temp.resolve("root"));
    Files.createDirectories(root.resolve("etc/xen/auto"));
    Files.createDirectories(root.resolve("sys/class/net"));
    Files.createDirectories(root.resolve("proc/xen"));
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(root.resolve("proc/xen/capabilities"), "control_d\n");
    Files.writeString(root.resolve("proc/self/mountinfo"), "");
    Path volumes = Files.createDirectories(root.resolve("dev/vg0"));
    StringBuilder lvs = new StringBuilder();
    for (int i = 0; i < GUESTS; i++) {
      RealDevices.command("mknod", volumes + "/g" + i, "b", "7", Integer.toString(1000 + i));
      lvs.append("  vg0|g" + i + "|8388608|ncm-xen\n");
    }
    answer("vgs", "  vg0|4194304|1099511627776\n");
    answer("lvs", lvs.toString());
    toolstack();
    measure(
        "100 guests x 2 disks, Linux host, tools that answer",
        new LinuxHost(
            new SystemPaths(
                root, root.resolve("proc"), root.resolve("sys"), temp.resolve("bin").toString()),
            Timing.SYSTEM,
            Duration.ofSeconds(60),
            line -> {}));
  }

  /** Makes an xl that knows the domains it was asked to create, with their two disks. */
  private void toolstack() throws Exception {
    StandIn.script(temp.resolve("bin"), "setsid", "#!/bin/sh\nexec /usr/bin/setsid \"$@\"\n");
    Path list =
        Files.writeString(
            temp.resolve("list"), "Name ID Mem VCPUs State Time(s)\nDomain-0 0 512 1 r----- 1.0\n");
    Path described =
        Files.writeString(
            temp.resolve("described"),
            "[{\"domid\": 0, \"config\": {\"c_info\": {\"name\": \"Domain-0\"}}}\n");
    StandIn.script(
        temp.resolve("bin"),
        "xl",
        """
        #!/bin/sh
        case "$1 $2" in
        "list -l") /bin/cat '%2$s'; echo ']' ;;
        list*) /bin/cat '%1$s' ;;
        create*)
          name=${2##*/}
          id=$((${name#g} + 1))
          echo "$name $id 64 1 -b---- 1.0" >>'%1$s'
          /bin/cat >>'%2$s' <<END ;;
        , {"domid": $id, "config": {"c_info": {"type": "pv", "name": "$name"},
          "b_info": {"max_vcpus": 1, "target_memkb": 65536, "max_memkb": 65536}, "disks": [
            {"pdev_path": "/dev/vg0/$name", "vdev": "xvda", "readwrite": 1},
            {"pdev_path": "/srv/xen/$name.img", "vdev": "xvdb", "readwrite": 1}]}}
        END
        esac
        """
            .formatted(list, described));
  }

  private void answer(String program, String text) throws Exception {
    Path file = Files.writeString(temp.resolve(program + ".answer"), text);
    StandIn.script(temp.resolve("bin"), program, "#!/bin/sh\n/bin/cat '" + file + "'\n");
  }
}
