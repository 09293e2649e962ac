package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.MIB;
import static org.quattor.ncm.xen.storage.Disks.volume;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.HostFailure;

/** What is made of the disks of guests, in which order, and what is left of the room. */
class StorageTest {

  @TempDir Path folder;

  private static String guest(String name, String... disks) {
    return ("\"%s\": {\"options\": {\"name\": \"%s\", \"memory\": 64,"
            + " \"bootloader\": \"pygrub\", \"disk\": [%s]}}")
        .formatted(name, name, String.join(", ", disks));
  }

  private static String lvm(String group, String volume, long sizeMib, String more) {
    return ("{\"type\": \"lvm\", \"hostdevice\": \"%s\", \"hostvol\": \"%s\", \"size\": %d,"
            + " \"guestdevice\": \"xvda\", \"rw\": \"w\"%s}")
        .formatted(group, volume, sizeMib, more.isEmpty() ? "" : ", " + more);
  }

  private static String file(String path, long sizeMib, String more) {
    return ("{\"type\": \"file\", \"path\": \"%s\", \"size\": %d, \"guestdevice\": \"xvdb\","
            + " \"rw\": \"w\"%s}")
        .formatted(path, sizeMib, more.isEmpty() ? "" : ", " + more);
  }

  private static Profile guests(String... guests) {
    return Scenario.domains("{" + String.join(", ", guests) + "}");
  }

  @Test
  void aNewVolumeGetsItsFileSystemAndIsStartedAfterIt() {
    Scenario host = new Scenario(folder).with(bare -> bare.withGroup("vg0", GIB));
    ComponentResult result =
        host.configure(
            guests(guest("a", lvm("vg0", "a", 5, "\"filesystem\": \"xfs\", \"label\": \"data\""))));
    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly(
            "create volume vg0/a of 5 MiB",
            "create xfs file system labelled data in volume vg0/a",
            "write /etc/xen/a",
            "start domain a");
    assertThat(result.actions().get(3).action().dependsOn())
        .contains("create-volume:vg0/a", "make-filesystem:vg0/a");
    assertThat(host.host().spec().volumes())
        .containsEntry("vg0/a", volume(8 * MIB, "xfs file system labelled data", "ncm-xen"));
  }

  @Test
  void aNewVolumeOfTwoGuestsTakesItsRoomOnce() {
    Scenario host = new Scenario(folder).with(bare -> bare.withGroup("vg0", GIB + 512 * MIB));
    String shared = Disks.VOLUME.replace("\"rw\": \"w\"", "\"rw\": \"r\"");

    ComponentPlan plan =
        host.plan(
            Scenario.domains(
                "{" + Disks.guest("a", shared) + ", " + Disks.guest("b", shared) + "}"));

    assertThat(Disks.sentences(plan)).noneMatch(sentence -> sentence.contains(" left"));
    assertThat(plan.actions()).extracting("type").containsOnlyOnce("create-volume");
    assertThat(plan.actions())
        .filteredOn(action -> action.type().equals("start-domain"))
        .hasSize(2)
        .allSatisfy(start -> assertThat(start.dependsOn()).contains("create-volume:vg0/web"));
  }

  @Test
  void aVolumeThatIsThereIsNeverFormatted() {
    Scenario host =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withGroup("vg0", GIB)
                        .withVolume("vg0", "blank", volume(8 * MIB, ""))
                        .withVolume("vg0", "ours", volume(8 * MIB, "", "ncm-xen")));
    Profile profile =
        guests(
            guest("a", lvm("vg0", "blank", 8, "\"filesystem\": \"ext4\"")),
            guest("b", lvm("vg0", "ours", 8, "\"filesystem\": \"ext4\"")));
    assertThat(Scenario.actions(host.configure(profile), Outcome.DONE))
        .noneMatch(summary -> summary.startsWith("make"));
    assertThat(host.host().spec().volumes().get("vg0/blank").content()).isEmpty();
    assertThat(host.host().spec().volumes().get("vg0/ours").content()).isEmpty();
  }

  @Test
  void anUnfinishedVolumeIsFinished() {
    Scenario host =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withGroup("vg0", GIB)
                        .withVolume(
                            "vg0", "a", volume(8 * MIB, "", "ncm-xen", "ncm-xen.unfinished")));
    ComponentResult result =
        host.configure(guests(guest("a", lvm("vg0", "a", 8, "\"filesystem\": \"ext4\""))));
    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsExactly(
            "create ext4 file system in volume vg0/a", "write /etc/xen/a", "start domain a");
    assertThat(result.actions().get(0).action().reason())
        .isEqualTo("a run ended before it was complete");
    assertThat(host.host().spec().volumes())
        .containsEntry("vg0/a", volume(8 * MIB, "ext4 file system", "ncm-xen"));
  }

  /** Somebody may have used it by hand since the run that did not finish it. */
  @Test
  void whatIsInAnUnfinishedVolumeIsNotFormattedOver() {
    Scenario host =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withGroup("vg0", GIB)
                        .withVolume(
                            "vg0",
                            "a",
                            volume(8 * MIB, "xfs signature", "ncm-xen", "ncm-xen.unfinished")));
    ComponentResult result =
        host.configure(guests(guest("a", lvm("vg0", "a", 8, "\"filesystem\": \"ext4\""))));
    assertThat(result.actions().get(0).cause())
        .isEqualTo("no ext4 file system is made on /dev/vg0/a: the device holds a xfs signature");
    assertThat(Scenario.actions(result, Outcome.SKIPPED))
        .containsExactly("write /etc/xen/a", "start domain a");
    assertThat(host.host().spec().volumes().get("vg0/a").content()).isEqualTo("xfs signature");
  }

  @Test
  void aGroupIsMadeOnceForAllItsVolumesAndItsRoomIsKnown() {
    Scenario host = new Scenario(folder).with(bare -> bare.withBlockDevice("/dev/sdb", 44 * MIB));
    ComponentResult result =
        host.configure(
            guests(
                guest("a", lvm("vg1", "a", 17, "")),
                guest("b", lvm("vg1", "b", 20, "\"create\": true, \"path\": \"/dev/sdb\"")),
                guest("c", lvm("vg1", "c", 1, ""))));
    assertThat(Scenario.actions(result, Outcome.DONE))
        .startsWith("create volume group vg1 on /dev/sdb", "create volume vg1/a of 17 MiB")
        .contains("create volume vg1/b of 20 MiB", "start domain b")
        .doesNotContain("create volume vg1/c of 1 MiB", "start domain c");
    assertThat(Scenario.findings(result.plan()))
        .contains("XEN324 /software/components/xen/domains/c/options/disk/0");
    assertThat(host.host().spec().volumes().get("vg1/a").sizeBytes()).isEqualTo(20 * MIB);
  }

  /** The plan can only estimate what LVM itself takes of a device. */
  @Test
  void aVolumeThatCannotBeMadeAfterAllStopsItsGuestAlone() {
    Scenario host = new Scenario(folder).with(bare -> bare.withGroup("vg0", GIB));
    int[] calls = {0};
    host.answering(
        "createVolume",
        () -> {
          calls[0]++;
          throw new HostFailure(
              "lvcreate failed with exit status 5: Volume group \"vg0\" has insufficient"
                  + " free space (1 extents): 2 required.");
        });
    Profile profile =
        guests(
            guest("a", lvm("vg0", "a", 8, "\"filesystem\": \"ext4\"")),
            guest("b", file("/srv/b.img", 1, "")));
    ComponentResult result = host.configure(profile);
    assertThat(calls[0]).isEqualTo(1);
    assertThat(Scenario.actions(result, Outcome.FAILED))
        .containsExactly("create volume vg0/a of 8 MiB");
    assertThat(Scenario.actions(result, Outcome.SKIPPED))
        .containsExactly(
            "create ext4 file system in volume vg0/a", "write /etc/xen/a", "start domain a");
    assertThat(Scenario.actions(result, Outcome.DONE)).contains("start domain b");
    assertThat(result.errors()).isEqualTo(1);
  }

  @Test
  void aDeviceThatIsAnothersNewVolumeNeedsNoSecondRun() {
    Scenario host = new Scenario(folder).with(bare -> bare.withGroup("vg0", GIB));
    String reader =
        "{\"type\": \"phy\", \"hostdevice\": \"vg0/z\", \"guestdevice\": \"xvda\", \"rw\": \"r\"}";
    ComponentResult result =
        host.configure(
            guests(
                guest("a", reader), guest("z", lvm("vg0", "z", 8, "").replace("\"w\"", "\"r\""))));
    assertThat(result.errors()).isZero();
    assertThat(Scenario.actions(result, Outcome.DONE))
        .containsOnlyOnce("create volume vg0/z of 8 MiB")
        .contains("start domain a", "start domain z");
    host.assertConverged(
        guests(guest("a", reader), guest("z", lvm("vg0", "z", 8, "").replace("\"w\"", "\"r\""))));
  }

  @Test
  void imagesOfAllFoldersShareTheRoomOfTheirFileSystem() {
    Scenario host = new Scenario(folder).with(bare -> bare.withImageSpace(10 * MIB));
    String reserved = "\"allocation\": \"reserved\"";
    ComponentResult result =
        host.configure(
            guests(
                guest("a", file("/srv/a/a.img", 100, "")),
                guest("b", file("/srv/b/b.img", 6, reserved)),
                guest("c", file("/srv/c/c.img", 6, "\"allocation\": \"zeroed\"")),
                guest("d", file("/srv/d/d.img", 4, reserved))));
    assertThat(Scenario.findings(result.plan()))
        .containsExactly(
            "XEN333 /software/components/xen/domains/a/options/disk/0",
            "XEN333 /software/components/xen/domains/b/options/disk/0",
            "XEN324 /software/components/xen/domains/c/options/disk/0",
            "XEN337 /etc/xen/c",
            "XEN333 /software/components/xen/domains/d/options/disk/0",
            "XEN353 /software/components/xen/domains/c");
    assertThat(host.path("/srv/c")).doesNotExist();
    assertThat(host.host().spec().imageSpaceBytes()).isZero();
  }

  @Test
  void theRestOfAnInterruptedRunGivesItsRoomBack() throws Exception {
    Scenario host = new Scenario(folder).with(bare -> bare.withImageSpace(4 * MIB));
    host.file("/srv/a/.a.img.ncm-xen.tmp", "");
    Path rest = host.path("/srv/a/.a.img.ncm-xen.tmp");
    Files.write(rest, new byte[(int) (2 * MIB)]);
    ComponentResult planned =
        new XenComponent(duration -> {})
            .configure(
                host.context(
                        guests(guest("a", file("/srv/a/a.img", 6, "\"allocation\": \"zeroed\""))))
                    .noAction(true)
                    .build());
    assertThat(planned.plan().findings()).isEmpty();
    assertThat(planned.actions().get(0).action().summary())
        .isEqualTo("remove /srv/a/.a.img.ncm-xen.tmp");
    assertThat(planned.actions().get(0).action().reason())
        .isEqualTo("an interrupted run left it behind");
    assertThat(rest).exists();
  }

  @Test
  void unconfigureTakesNothingOfDisks() {
    Scenario host = new Scenario(folder).with(bare -> bare.withGroup("vg0", GIB));
    Profile profile =
        guests(guest("a", lvm("vg0", "a", 8, ""), file("/srv/a.img", 1, "\"create\": true")));
    host.configure(profile);
    var volumes = host.host().spec().volumes();
    host.unconfigure(profile);
    assertThat(host.host().spec().volumes()).isEqualTo(volumes);
    assertThat(host.path("/srv/a.img")).exists();
  }

  @Test
  void aHundredGuestsThatAreAsDeclaredCostFourCommands() {
    Scenario host = new Scenario(folder).with(bare -> bare.withGroup("vg0", 1L << 40));
    Profile profile =
        guests(
            IntStream.range(0, 100)
                .mapToObj(
                    i -> guest("g" + i, lvm("vg0", "g" + i, 8, ""), file("/srv/g" + i, 1, "")))
                .toArray(String[]::new));
    assertThat(host.configure(profile).errors()).isZero();
    ComponentResult second = host.configure(profile);
    assertThat(second.actions()).isEmpty();
    assertThat(second.commands()).isLessThanOrEqualTo(4);
    assertThat(host.host().spec().domains().keySet().stream().collect(Collectors.counting()))
        .isEqualTo(100);
  }
}
