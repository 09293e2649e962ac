package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.DISK;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.IMAGE;
import static org.quattor.ncm.xen.storage.Disks.MIB;
import static org.quattor.ncm.xen.storage.Disks.VOLUME;
import static org.quattor.ncm.xen.storage.Disks.guest;
import static org.quattor.ncm.xen.storage.Disks.running;
import static org.quattor.ncm.xen.storage.Disks.sentences;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.with;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/** What is said of disks without holding their guest back. */
class StorageWarningsTest {

  @TempDir Path folder;

  private Scenario host(UnaryOperator<SimulatedHostSpec> change) {
    return new Scenario(folder).with(change);
  }

  @Test
  void whatIsOnlyDoubtfulIsAWarning() {
    Scenario host =
        host(
            bare ->
                bare.withGroup("vg0", 8 * GIB)
                    .withVolume("vg0", "web", new LvmInventory.Volume(2 * GIB, Set.of()))
                    .withVolume("vg0", "small", new LvmInventory.Volume(512 * MIB, Set.of()))
                    .withImageSpace(512 * MIB));
    String small = VOLUME.replace("\"web\"", "\"small\"").replace("xvda", "xvdb");
    String image = with(IMAGE, "\"label\": \"root\"").replace("xvda", "xvdc");
    ComponentPlan plan = host.plan(web(VOLUME, small, image));
    assertThat(plan.findings()).extracting("severity").containsOnly(Severity.WARNING);
    assertThat(sentences(plan))
        .containsExactly(
            DISK.replace("/0", "/2")
                + "/label: has no effect without filesystem; expected filesystem beside it (declare"
                + " filesystem, or remove label)",
            DISK
                + "/size: vg0/web has 2 GiB; expected 1 GiB (correct size; ncm-xen never shrinks a"
                + " disk)",
            DISK.replace("/0", "/1")
                + "/size: vg0/small has 512 MiB; expected 1 GiB (set grow to true to extend it, or"
                + " correct size)",
            DISK.replace("/0", "/2")
                + ": /srv/xen has 512 MiB left besides what sparse image files may still take;"
                + " expected 1 GiB for image file /srv/xen/web.img (free space there, or set"
                + " allocation to reserved; writes of guests fail when the space runs out)");
    assertThat(plan.actions()).extracting("type").contains("start-domain");
  }

  @Test
  void anImageThatIsLargerThanDeclaredStaysSo() {
    ComponentPlan plan =
        host(bare -> bare)
            .file("/srv/xen/web.img", "x".repeat(2 << 20))
            .plan(web(IMAGE.replace("1024", "1")));
    assertThat(sentences(plan))
        .containsExactly(
            DISK
                + "/size: /srv/xen/web.img has 2 MiB; expected 1 MiB (correct size; ncm-xen never"
                + " shrinks a disk)");
  }

  @Test
  void anImageIsNotExtendedUnderARunningGuest() {
    Scenario host =
        host(bare -> bare.withDomain("web", running("web", "/srv/xen/web.img", true)))
            .file("/srv/xen/web.img", "data");
    assertThat(sentences(host.plan(web(with(IMAGE, "\"grow\": true")))))
        .contains(
            DISK
                + "/size: /srv/xen/web.img has 4 bytes, and ncm-xen does not extend it while domain"
                + " web runs; expected 1 GiB (shut the domain down, and run again)");
  }

  @Test
  void temporaryFilesThatAnotherHostMayBeWritingStay() {
    String other = "/srv/xen/.web.img.00000000-00000000-1-1-1-00000000.ncm-xen.tmp";
    Scenario host = host(bare -> bare).file(other, "half");
    assertThat(sentences(host.plan(web(IMAGE))))
        .containsExactly(
            "/software/components/xen/domains: another host or container may be writing these"
                + " temporary files: "
                + other
                + " (remove them by hand when ncm-xen runs on no host that shares the directory)");
    host.configure(web(IMAGE));
    assertThat(host.path(other)).exists();
  }

  @Test
  void disksThatNoGuestHasAreNamedAndLeft() {
    Scenario host = host(bare -> bare.withGroup("vg0", 8 * GIB));
    String file = with(IMAGE.replace("web.img", "old.img"), "\"allocation\": \"reserved\"");
    host.configure(web(VOLUME, file.replace("xvda", "xvdb")));
    String other = VOLUME.replace("\"web\"", "\"new\"");
    ComponentPlan plan = host.plan(web(other, IMAGE.replace("xvda", "xvdb")));
    assertThat(sentences(plan))
        .contains(
            "/software/components/xen/domains: ncm-xen created these for guests that no longer have"
                + " them: logical volumes vg0/web; image files /srv/xen/old.img (remove them with"
                + " lvremove or rm when you no longer need them)");
    host.configure(web(other, IMAGE.replace("xvda", "xvdb")));
    assertThat(host.host().spec().volumes()).containsOnlyKeys("vg0/new", "vg0/web");
    assertThat(host.path("/srv/xen/old.img")).exists();
  }

  @Test
  void disksAreNamedWhenTheirGuestIsWithdrawnAndVolumesAfterwards() {
    Scenario host = host(bare -> bare.withGroup("vg0", 8 * GIB));
    host.configure(web(VOLUME, IMAGE.replace("xvda", "xvdb")));
    Profile empty = Scenario.domains("{}");
    assertThat(sentences(host.plan(empty)))
        .contains(
            "/etc/xen/web: is withdrawn, and the disks of its guest stay: /dev/vg0/web,"
                + " /srv/xen/web.img (remove them with lvremove or rm when you no longer need them)");
    host.configure(empty);
    assertThat(sentences(host.plan(empty)))
        .containsExactly(
            "/software/components/xen/domains: ncm-xen created these for guests that no longer have"
                + " them: logical volumes vg0/web (remove them with lvremove or rm when you no"
                + " longer need them)");
  }

  @Test
  void disksOfInstallOptionsAreNoOrphans() {
    Scenario host = host(bare -> bare.withGroup("vg0", 8 * GIB));
    host.configure(web(VOLUME, IMAGE.replace("xvda", "xvdb")));
    Profile installing =
        Scenario.domains(
            "{"
                + guest("web", VOLUME).strip().replaceFirst("\\}$", "")
                + ", \"install_options\": {\"name\": \"web\", \"memory\": 512, \"kernel\": \"/k\","
                + " \"disk\": ["
                + IMAGE
                + "]}}}");
    assertThat(host.plan(installing).findings()).extracting("id").doesNotContain("XEN319");
    assertThat(ImmutableList.copyOf(host.host().spec().images()))
        .containsExactly("/srv/xen/web.img");
  }
}
