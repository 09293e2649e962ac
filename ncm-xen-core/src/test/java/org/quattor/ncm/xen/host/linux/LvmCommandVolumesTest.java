package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.LvmInventory;

class LvmCommandVolumesTest {

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"lvs-2.03.16.txt", "lvs-2.02.98.txt"})
  void groupsAndVolumesAreReadInTwoCommands(String recorded) throws Exception {
    Answers answers =
        new Answers(temp)
            .answer("vgs", Answers.recorded("vgs-2.03.16.txt"), 0)
            .answer("lvs", Answers.recorded(recorded), 0);
    LvmInventory inventory = answers.host(Timing.SYSTEM).volumes().inventory();
    assertThat(inventory.groups()).hasSize(1);
    assertThat(inventory.group("xenvg")).contains(new LvmInventory.Group(4194304, 150994944));
    assertThat(inventory.volumes()).hasSize(3);
    assertThat(inventory.volume("xenvg", "root"))
        .contains(new LvmInventory.Volume(4194304, Set.of()));
    assertThat(inventory.volume("xenvg", "vm1.example.org"))
        .contains(new LvmInventory.Volume(20971520, Set.of("ncm-xen")));
    assertThat(inventory.volume("xenvg", "vm2-data"))
        .contains(new LvmInventory.Volume(33554432, Set.of("ncm-xen", "ncm-xen.unfinished")));
    assertThat(answers.heard())
        .containsExactly(
            "vgs --noheadings --separator '|' --units b --nosuffix -o"
                + " vg_name,vg_extent_size,vg_free --config '"
                + LvmReport.SETTINGS
                + "'",
            "lvs --noheadings --separator '|' --units b --nosuffix -o"
                + " vg_name,lv_name,lv_size,lv_tags --config '"
                + LvmReport.SETTINGS
                + "'");
  }

  @Test
  void aHostWithoutGroupsHasNone() throws Exception {
    Answers answers =
        new Answers(temp)
            .answer("vgs", Answers.recorded("vgs-2.02.98-none.txt"), 0)
            .answer("lvs", "", 0);
    assertThat(answers.host(Timing.SYSTEM).volumes().inventory().groups()).isEmpty();
  }

  @Test
  void whatIsNotUnderstoodIsNoEmptyHost() throws Exception {
    assertInventoryFails(
        "  xenvg|4194304\n", 0, "vgs answered a line that is not understood: xenvg|4194304");
    assertInventoryFails("  a|4.00m|1\n", 0, "vgs answered a size that is not understood: 4.00m");
    assertInventoryFails("  a|4194304|-1\n", 0, "vgs answered a size that is not understood: -1");
    assertInventoryFails("  a|0|1\n", 0, "vgs answered an extent size of 0 for the group a");
    assertInventoryFails("  |4|1\n", 0, "vgs answered a name that is not understood: ");
    assertInventoryFails(
        "  a|4194304|1\n  a|4194304|1\n",
        0,
        "there are two volume groups a; vgrename one of them by its uuid: vgs -o+uuid");
    assertInventoryFails(
        "  a|4194304|1\n",
        5,
        "vgs --noheadings --separator '|' --units b --nosuffix -o vg_name,vg_extent_size,vg_free"
            + " --config '"
            + LvmReport.SETTINGS
            + "' failed with exit status 5: a|4194304|1");
  }

  /** What lvm.conf(5) can put between tags, should an LVM not obey our settings. */
  @ParameterizedTest
  @ValueSource(strings = {";", ":", "/", " ", "", "; ", ".", "-", "&", "#", "ncm-xen"})
  void tagsBetweenOtherSeparatorsAreNeverOverlooked(String separator) {
    String tags = "ncm-xen" + separator + "ncm-xen.unfinished";
    assertThatThrownBy(() -> LvmReport.parse("a|4194304|0", "a|web|4194304|" + tags))
        .isInstanceOf(HostFailure.class)
        .hasMessage("lvs answered tags of a/web that are not understood: " + tags);
  }

  @Test
  void twoVolumesOfOneNameAndAGroupThatCameMeanwhileAreFailures() {
    assertThatThrownBy(() -> LvmReport.parse("a|4|0", "a|web|4|\na|web|8|\n"))
        .isInstanceOf(HostFailure.class)
        .hasMessage("there are two volumes a/web; see lvs -o+vg_uuid,lv_uuid");
    assertThatThrownBy(() -> LvmReport.parse("a|4|0", "b|web|4|\n"))
        .isInstanceOf(HostFailure.class)
        .hasMessage("lvs answered the volume b/web, and vgs no group b; run again");
  }

  private void assertInventoryFails(String answer, int status, String message) throws Exception {
    HostVolumes volumes =
        new Answers(temp)
            .answer("vgs", answer, status)
            .answer("lvs", "", 0)
            .host(Timing.SYSTEM)
            .volumes();
    assertThatThrownBy(volumes::inventory).isInstanceOf(HostFailure.class).hasMessage(message);
  }

  @Test
  void withoutLvmTheFailureNamesTheProgram() throws Exception {
    HostVolumes volumes = new Answers(temp).host(Timing.SYSTEM).volumes();
    assertThatThrownBy(volumes::inventory)
        .isInstanceOf(HostFailure.class)
        .hasMessage("cannot run vgs: it is not installed (looked in " + temp + "/bin)");
  }

  @Test
  void theCommandLinesAreThese() throws Exception {
    Answers answers =
        new Answers(temp)
            .answer("lvcreate", "", 0)
            .answer("lvextend", "", 0)
            .answer("lvchange", "", 0)
            .answer("vgcreate", "", 0);
    HostVolumes volumes = answers.host(Timing.SYSTEM).volumes();
    volumes.createVolume("xenvg", "vm1", 8388608, Set.of("ncm-xen.unfinished", "ncm-xen"));
    volumes.createVolume("xenvg", "vm1", 1000, Set.of());
    volumes.extendVolume("xenvg", "vm1", 16777216);
    volumes.removeTag("xenvg", "vm1", "ncm-xen.unfinished");
    volumes.createGroup("xenvg", "/dev/sdb");
    assertThat(answers.heard())
        .containsExactly(
            "lvcreate --yes --zero y --wipesignatures y -L 8388608b -n vm1 --addtag ncm-xen"
                + " --addtag ncm-xen.unfinished -- xenvg",
            "lvcreate --yes --zero y --wipesignatures y -L 1024b -n vm1 -- xenvg",
            "lvextend -L 16777216b -- xenvg/vm1",
            "lvchange --deltag ncm-xen.unfinished -- xenvg/vm1",
            "vgcreate -- xenvg /dev/sdb");
  }

  @Test
  void aDeviceIsAnAbsolutePath() throws Exception {
    HostVolumes volumes = new Answers(temp).answer("vgcreate", "", 0).host(Timing.SYSTEM).volumes();
    assertThatThrownBy(() -> volumes.createGroup("xenvg", "--yes"))
        .hasMessage("not the absolute path of a device: --yes");
  }
}
