package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.DEVICE;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.IMAGE;
import static org.quattor.ncm.xen.storage.Disks.NEW_GROUP;
import static org.quattor.ncm.xen.storage.Disks.VOLUME;
import static org.quattor.ncm.xen.storage.Disks.volume;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.with;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/**
 * A plan that could not see a disk says that it is not complete; one that saw what is wrong is
 * complete, though a guest is held back.
 */
class IncompletePlansTest {

  private static final String ERROR = "input/output error";

  @TempDir Path folder;

  private Scenario host(UnaryOperator<SimulatedHostSpec> change) {
    return new Scenario(folder).with(change);
  }

  private Scenario volumeOf(long bytes) {
    return host(
        bare -> bare.withGroup("vg0", 4 * GIB).withVolume("vg0", "web", volume(bytes, "data")));
  }

  @Test
  void withoutLvmsAnswer() {
    assertThat(volumeOf(GIB).failing("inventory", ERROR).plan(web(VOLUME)).complete()).isFalse();
  }

  @Test
  void withAVolumeThatCannotBeRead() {
    assertThat(volumeOf(GIB).failing("users", ERROR).plan(web(VOLUME)).complete()).isFalse();
  }

  @Test
  void withADeviceThatCannotBeRead() {
    assertThat(
            host(bare -> bare.withBlockDevice("/dev/sdb", GIB))
                .failing("users", ERROR)
                .plan(web(DEVICE))
                .complete())
        .isFalse();
  }

  @Test
  void withAnImageThatCannotBeRead() {
    assertThat(
            host(bare -> bare)
                .failing("users", ERROR)
                .file("/srv/xen/web.img", "data")
                .plan(web(IMAGE))
                .complete())
        .isFalse();
  }

  @Test
  void withTheDeviceOfANewGroupThatCannotBeRead() {
    assertThat(
            host(bare -> bare.withBlockDevice("/dev/sdb", 10 * GIB))
                .failing("contents", ERROR)
                .plan(web(NEW_GROUP))
                .complete())
        .isFalse();
  }

  @Test
  void whatWasSeenToBeWrongIsKnown() {
    assertThat(volumeOf(GIB).plan(web(VOLUME)).complete()).isTrue();
    assertThat(
            host(bare -> bare.withGroup("vg0", GIB))
                .plan(web(with(VOLUME, "\"create\": false")))
                .complete())
        .isTrue();
  }
}
