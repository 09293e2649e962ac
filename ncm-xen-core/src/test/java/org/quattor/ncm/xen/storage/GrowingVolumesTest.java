package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.MIB;
import static org.quattor.ncm.xen.storage.Disks.VOLUME;
import static org.quattor.ncm.xen.storage.Disks.running;
import static org.quattor.ncm.xen.storage.Disks.sentences;
import static org.quattor.ncm.xen.storage.Disks.volume;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.with;
import static org.quattor.ncm.xen.storage.Disks.without;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.Scenario;

/** Volumes that are smaller than declared, where {@code grow} is true. */
class GrowingVolumesTest {

  private static final String GROWING = with(VOLUME, "\"grow\": true");

  @TempDir Path folder;

  private Scenario host(long groupBytes, long volumeBytes) {
    return new Scenario(folder)
        .with(
            bare ->
                bare.withGroup("vg0", groupBytes)
                    .withVolume("vg0", "web", volume(volumeBytes, "data")));
  }

  private static List<PlannedAction> extended(ComponentPlan plan) {
    return plan.actions().stream()
        .<PlannedAction>map(action -> action)
        .filter(action -> action.type().equals("extend-volume"))
        .toList();
  }

  @Test
  void aSmallerVolumeIsExtendedToWhatIsDeclared() {
    ComponentPlan plan = host(2 * GIB, 512 * MIB).plan(web(GROWING));
    assertThat(extended(plan))
        .singleElement()
        .satisfies(
            action -> {
              assertThat(action.impact()).isEqualTo(Impact.NONE);
              assertThat(action.summary()).contains("512 MiB").contains("1 GiB");
            });
  }

  @Test
  void aRunningGuestSeesItAtOnce() {
    Scenario host =
        host(2 * GIB, 512 * MIB)
            .with(bare -> bare.withDomain("web", running("web", "/dev/vg0/web", true)));
    assertThat(extended(host.plan(web(GROWING))))
        .extracting(PlannedAction::impact)
        .containsExactly(Impact.LIVE);
  }

  @Test
  void onlyWhatIsMissingHasToFit() {
    assertThat(extended(host(GIB, 512 * MIB).plan(web(GROWING)))).hasSize(1);
    ComponentPlan tight = host(GIB - 4 * MIB, 508 * MIB).plan(web(GROWING));
    assertThat(extended(tight)).isEmpty();
    assertThat(sentences(tight)).anyMatch(sentence -> sentence.contains("vg0 has 512 MiB left"));
  }

  @Test
  void whatHasItsSizeOrNoDeclaredOneStaysAsItIs() {
    assertThat(host(4 * GIB, GIB).plan(web(GROWING)).findings()).isEmpty();
    assertThat(extended(host(4 * GIB, GIB).plan(web(GROWING)))).isEmpty();
    ComponentPlan plan = host(4 * GIB, 512 * MIB).plan(web(without(GROWING, "size")));
    assertThat(extended(plan)).isEmpty();
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void aLargerVolumeIsNeverMadeSmaller() {
    ComponentPlan plan = host(4 * GIB, 2 * GIB).plan(web(GROWING));
    assertThat(extended(plan)).isEmpty();
    assertThat(sentences(plan))
        .containsExactly(
            Disks.DISK
                + "/size: vg0/web has 2 GiB; expected 1 GiB (correct size; ncm-xen never shrinks a"
                + " disk)");
  }
}
