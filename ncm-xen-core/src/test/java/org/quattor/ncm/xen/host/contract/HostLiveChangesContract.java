package org.quattor.ncm.xen.host.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostLiveChanges;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;

/** What every {@link HostLiveChanges} keeps to; no domain but the host itself runs at first. */
public abstract class HostLiveChangesContract {

  private static final String GUEST =
      """
      name = "vm1"
      uuid = "6ca04c19-25fe-408f-bb87-502d140a7260"
      memory = 128
      maxmem = 256
      maxvcpus = 2
      """;

  /** Returns the host, which has {@code xl}. */
  protected abstract XenHost host() throws HostFailure;

  @BeforeEach
  void startAGuest() throws HostFailure {
    host().files().makeFolder("/etc/xen", 0755);
    host().files().makeFolder("/var/lib/xen", 0755);
    host().files().write("/etc/xen/vm1", GUEST.getBytes(UTF_8), 0600);
    host().domains(Toolstack.XL).start("/etc/xen/vm1");
  }

  private HostLiveChanges changes() throws HostFailure {
    return host().liveChanges();
  }

  private DomainConfiguration vm1() throws HostFailure {
    return host().domains(Toolstack.XL).configurations().get("vm1");
  }

  @Test
  void memoryChangesWithinItsMaximum() throws HostFailure {
    changes().setMemory("vm1", 256);
    assertThat(vm1().memoryKib()).isEqualTo(256 << 10);
    assertThatThrownBy(() -> changes().setMemory("vm1", 257))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("xl mem-set")
        .hasMessageContaining("memory_static_max");
    assertThat(vm1().memoryKib()).isEqualTo(256 << 10);
  }

  @Test
  void virtualCpusChangeWithinTheirMaximum() throws HostFailure {
    changes().setVcpus("vm1", 2);
    assertThat(vm1().vcpus()).isEqualTo(2);
    assertThatThrownBy(() -> changes().setVcpus("vm1", 3)).isInstanceOf(HostFailure.class);
    changes().setVcpus("vm1", 1);
    assertThat(vm1().vcpus()).isEqualTo(1);
  }

  @Test
  void theShareOfTheCpusChanges() throws HostFailure {
    changes().setShare("vm1", new Share("credit2", 512, 50));
    assertThat(vm1().share()).isEqualTo(new Share("credit2", 512, 50));
  }

  @Test
  void aPinnedDomainTellsWhereItMayRun() throws HostFailure {
    changes().pin("vm1", ImmutableList.of(ImmutableSet.of(0), ImmutableSet.of(1, 0)));
    assertThat(vm1().affinity()).containsExactly(ImmutableSet.of(0), ImmutableSet.of(0, 1));
    changes().pin("vm1", ImmutableList.of(ImmutableSet.of(1)));
    assertThat(vm1().affinity()).isNotEmpty().containsOnly(ImmutableSet.of(1));
    changes().pin("vm1", ImmutableList.of());
    assertThat(vm1().affinity()).isEmpty();
  }

  @Test
  void anAttachedDiskIsThere() throws HostFailure {
    host().files().makeFolder("/srv", 0755);
    host().files().write("/srv/b,c.img", new byte[512], 0600);
    changes()
        .attachDisk(
            "vm1",
            ImmutableMap.of(
                "format", "raw", "vdev", "xvdb", "access", "ro", "target", "/srv/b,c.img"));
    assertThat(vm1().disks()).containsExactly(new Disk("/srv/b,c.img", "xvdb", false));
  }

  @Test
  void anAttachedInterfaceIsThere() throws HostFailure {
    changes().attachVif("vm1", ImmutableMap.of("mac", "00:16:3e:00:00:07", "rate", "10Mb/s"));
    assertThat(vm1().vifs()).containsExactly(new Vif("00:16:3e:00:00:07", ""));
  }

  @Test
  void aStoredGuestFileIsTold() throws HostFailure {
    assertThat(vm1().stored()).isNull();
    changes().store("vm1", "/etc/xen/vm1");
    assertThat(vm1().stored()).isEqualTo(GUEST);
    host().domains(Toolstack.XL).shutdown("vm1", Duration.ofMinutes(1));
    host().domains(Toolstack.XL).start("/etc/xen/vm1");
    assertThat(vm1().stored()).isNull();
  }

  @Test
  void aDomainThatDoesNotRunCannotBeChanged() {
    assertThatThrownBy(() -> changes().setMemory("vm2", 128))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("vm2 is an invalid domain identifier (rc=-6)");
  }
}
