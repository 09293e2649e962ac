package org.quattor.ncm.xen.host.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.Allocation;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Lifecycle;
import org.quattor.ncm.xen.model.Network;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XenConfiguration;

class SimulatedHostSpecTest {

  private static final Disk.Common COMMON =
      new Disk.Common("/d", "xvda", Disk.Access.READ_WRITE, null, null, 1024L, false);

  private static XenConfiguration configuration(Disk... disks) {
    GuestOptions options =
        new GuestOptions(
            "/o",
            "vm1",
            512,
            null,
            null,
            null,
            null,
            null,
            new GuestOptions.Boot(null, null, null, null, null, null, null, null, null),
            new GuestOptions.NetworkBoot(null, null, null, null, null, null),
            new GuestOptions.Events(null, null, null),
            ImmutableList.of(Vif.parse("/v", "bridge=xenbr1"), Vif.parse("/w", "")),
            ImmutableList.copyOf(disks),
            null,
            null,
            ImmutableList.of(),
            ImmutableList.of());
    return new XenConfiguration(
        true,
        true,
        true,
        ImmutableSortedMap.of(
            "vm1",
            new Guest(
                "vm1",
                "/g",
                options,
                null,
                Guest.Autostart.UNDECLARED,
                Lifecycle.UNDECLARED,
                ImmutableList.of())),
        ImmutableSortedMap.of(),
        new Network(
            ImmutableList.of(new Bridge("/n", "xenbr0", "eth0", false, "0", null)),
            Network.Backend.AUTO,
            false));
  }

  @Test
  void aHostIsMadeToFitItsProfile() {
    SimulatedHostSpec host =
        SimulatedHostSpec.fitting(
            configuration(
                new Disk.LvmDisk(COMMON, "xenvg", "vm1", "/dev/sdb", null),
                new Disk.LvmDisk(COMMON, "xenvg", "vm1-data", "/dev/sdb", null),
                new Disk.PhyDisk(COMMON, "/dev/sdc"),
                new Disk.FileDisk(COMMON, "/srv/a", ImageFormat.RAW, Allocation.SPARSE, null)));
    assertThat(host.groups())
        .containsOnly(
            java.util.Map.entry(
                "xenvg",
                new SimulatedHostSpec.Group(1L << 40, 4 << 20, ImmutableSortedSet.of("/dev/sdb"))));
    assertThat(host.blockDevices()).containsOnlyKeys("/dev/sdb", "/dev/sdc");
    assertThat(host.bridges()).containsExactly("xenbr1");
    assertThat(host.devices()).containsOnlyKeys("eth0", "xenbr1");
    assertThat(host.volumes()).isEmpty();
    assertThat(host.domains()).isEmpty();
  }

  @Test
  void aVolumeNeedsItsGroup() {
    LvmInventory.Volume volume = new LvmInventory.Volume(1, java.util.Set.of());
    assertThatThrownBy(() -> SimulatedHostSpec.bare().withVolume("vg", "a", volume))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("volume vg/a has no volume group");
  }
}
