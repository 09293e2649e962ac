package org.quattor.ncm.xen.host.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.ImageFormat;

class FailingHostTest {

  private static final long EXTENT = SimulatedHostSpec.EXTENT_BYTES;

  @TempDir Path temp;
  private FailingHost failing;
  private HostVolumes volumes;

  @BeforeEach
  void wrapAHost() throws HostFailure {
    failing =
        new FailingHost(
            SimulatedHost.open(
                temp.resolve("dom0"),
                SimulatedHostSpec.bare().withGroup("xenvg", 10 * EXTENT),
                new PlainGuestFile()));
    volumes = failing.host().volumes();
  }

  private void create(String volume) throws HostFailure {
    volumes.createVolume("xenvg", volume, EXTENT, Set.of());
  }

  @Test
  void withoutAWishItOnlyCounts() throws HostFailure {
    create("a");
    assertThat(volumes.inventory().volumes()).containsOnlyKeys("xenvg/a");
    failing.host().facts();
    assertThat(failing.host().storage().canCreate(ImageFormat.RAW)).isTrue();
    assertThat(failing.operations()).isEqualTo(3);
    assertThat(failing.changes()).isEqualTo(1);
    assertThat(failing.host().commands()).isEqualTo(3);
  }

  @Test
  void theChosenOperationFailsAndNoOther() throws HostFailure {
    create("a");
    failing.failAt(2);
    create("b");
    assertThatThrownBy(() -> create("c"))
        .isInstanceOf(HostFailure.class)
        .hasMessage("failed as asked: createVolume");
    create("d");
    assertThat(volumes.inventory().volumes()).containsOnlyKeys("xenvg/a", "xenvg/b", "xenvg/d");
  }

  @Test
  void deathBeforeAChangeLeavesItUnmade() throws HostFailure {
    failing.dieBefore(1, new AssertionError("power off"));
    assertThat(volumes.inventory().volumes()).isEmpty();
    assertThatThrownBy(() -> create("a")).isInstanceOf(AssertionError.class);
    assertThat(volumes.inventory().volumes()).isEmpty();
  }

  @Test
  void deathAfterAChangeLeavesItMade() throws HostFailure {
    failing.dieAfter(1, new AssertionError("power off"));
    assertThatThrownBy(() -> create("a")).hasMessage("power off");
    assertThat(volumes.inventory().volumes()).containsOnlyKeys("xenvg/a");
  }

  @Test
  void failuresOfTheHostItselfComeThroughAsTheyAre() {
    assertThatThrownBy(() -> volumes.extendVolume("xenvg", "none", EXTENT))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("lvextend (simulated) failed");
  }
}
