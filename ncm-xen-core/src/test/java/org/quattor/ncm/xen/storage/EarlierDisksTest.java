package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.storage.Disks.GIB;
import static org.quattor.ncm.xen.storage.Disks.IMAGE;
import static org.quattor.ncm.xen.storage.Disks.VOLUME;
import static org.quattor.ncm.xen.storage.Disks.guest;
import static org.quattor.ncm.xen.storage.Disks.running;
import static org.quattor.ncm.xen.storage.Disks.web;
import static org.quattor.ncm.xen.storage.Disks.without;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.LvmInventory;
import org.quattor.ncm.xen.host.Toolstack;

/** A disk that a guest had and that is gone is not replaced by a blank one. */
class EarlierDisksTest {

  @TempDir Path folder;

  private Scenario host() {
    return new Scenario(folder).with(bare -> bare.withGroup("vg0", 4 * GIB));
  }

  private static void end(Scenario host) {
    try {
      host.host().domains(Toolstack.XL).shutdown("web", Duration.ZERO);
    } catch (HostFailure e) {
      throw new AssertionError(e);
    }
  }

  private static String error(ComponentPlan plan, String id) {
    return plan.findings().stream()
        .filter(finding -> finding.id().equals(id))
        .map(finding -> finding.found())
        .findFirst()
        .orElse("");
  }

  @Test
  void anImageThatIsGoneIsNotMadeAnew() throws Exception {
    Scenario host = host();
    host.configure(web(IMAGE));
    Files.delete(host.path("/srv/xen/web.img"));
    end(host);
    ComponentResult again = host.configure(web(IMAGE));
    assertThat(again.actions()).isEmpty();
    assertThat(error(again.plan(), "XEN336"))
        .isEqualTo("image file /srv/xen/web.img is missing, but /etc/xen/web names it");
    assertThat(host.path("/srv/xen/web.img")).doesNotExist();
  }

  @Test
  void aVolumeWhoseGroupIsNotActiveIsNotMadeAnew() {
    Scenario host = host();
    host.configure(web(VOLUME));
    end(host);
    host.answering(
        "inventory",
        () -> LvmInventory.of(Map.of("vg0", new LvmInventory.Group(4 << 20, GIB)), Map.of()));
    assertThat(error(host.plan(web(VOLUME)), "XEN336"))
        .isEqualTo("logical volume vg0/web is missing, but /etc/xen/web names it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk = [ 'phy:", "name = 'web\n"})
  void aFileThatCannotBeReadMayNameIt(String text) {
    Scenario host = host().file("/etc/xen/web", text);
    ComponentPlan plan = host.plan(web(VOLUME));
    assertThat(error(plan, "XEN336"))
        .isEqualTo(
            "logical volume vg0/web is missing, and /etc/xen/web, which is not a readable guest"
                + " file, may name it");
    assertThat(plan.actions()).isEmpty();
  }

  @Test
  void whatTheRunningDomainHasIsNotMadeAnew() {
    Scenario host =
        host().change(now -> now.withDomain("web", running("web", "/srv/xen/web.img", true)));
    assertThat(error(host.plan(web(IMAGE)), "XEN336"))
        .isEqualTo("image file /srv/xen/web.img is missing, but running domain web uses it");
  }

  @Test
  void anotherSpellingInTheFileIsTheSameDisk() throws Exception {
    Scenario host = host();
    host.configure(web(IMAGE));
    end(host);
    Files.delete(host.path("/srv/xen/web.img"));
    host.file(
        "/etc/xen/web",
        Files.readString(host.path("/etc/xen/web")).replace("/srv/xen/", "/srv//./xen/"));
    assertThat(error(host.plan(web(IMAGE)), "XEN336")).endsWith("/etc/xen/web names it");
  }

  /** Nor in the run after it: what tells of the disk stays until the disk is there. */
  @Test
  void aDiskThatWasThatOfAGuestWithAnotherNameIsNotMadeAnew() throws Exception {
    Scenario host = host();
    host.configure(web(IMAGE));
    end(host);
    Files.move(host.path("/srv/xen/web.img"), host.path("/srv/kept.img"));
    Profile renamed = Scenario.domains("{" + guest("shop", IMAGE) + "}");
    for (int run = 0; run < 2; run++) {
      assertThat(error(host.configure(renamed).plan(), "XEN336"))
          .isEqualTo("image file /srv/xen/web.img is missing, but /etc/xen/web names it");
    }
    assertThat(host.path("/srv/xen/web.img")).doesNotExist();
    Files.move(host.path("/srv/kept.img"), host.path("/srv/xen/web.img"));
    assertThat(Scenario.actions(host.configure(renamed), Outcome.DONE))
        .contains("remove /etc/xen/web", "start domain shop");
  }

  @Test
  void aDiskThatTheProfileMovesToAnotherGuestIsNotMadeAnew() throws Exception {
    Scenario host = host();
    host.configure(web(IMAGE));
    end(host);
    Files.delete(host.path("/srv/xen/web.img"));
    Profile moved =
        Scenario.domains(
            "{"
                + guest("web", IMAGE.replace("web.img", "new.img"))
                + ", "
                + guest("zoo", IMAGE)
                + "}");
    for (int run = 0; run < 2; run++) {
      assertThat(error(host.configure(moved).plan(), "XEN336"))
          .isEqualTo("image file /srv/xen/web.img is missing, but /etc/xen/web names it");
    }
    assertThat(host.path("/srv/xen/web.img")).doesNotExist();
  }

  @Test
  void aLinkInThePlaceOfTheFileMayNameIt() throws Exception {
    Scenario host = host();
    host.host().files().makeFolder("/etc/xen", 0755);
    host.host().files().link("/etc/xen/web", "/srv/nfs/web");
    assertThat(error(host.plan(web(VOLUME)), "XEN336")).contains("not a readable guest file");
  }

  /** Or else a disk that could not be made once would never be made. */
  @Test
  void aFileIsNotWrittenBeforeItsDisksAreThere() {
    Scenario host = host();
    ComponentResult first = host.configure(web(without(VOLUME, "size")));
    assertThat(error(first.plan(), "XEN337")).startsWith("ncm-xen writes it when");
    assertThat(host.path("/etc/xen/web")).doesNotExist();
    assertThat(host.path("/etc/xen/auto/web")).doesNotExist();
    ComponentResult second = host.configure(web(VOLUME));
    assertThat(second.errors()).isZero();
    assertThat(Scenario.actions(second, Outcome.DONE))
        .contains("create volume vg0/web of 1 GiB", "write /etc/xen/web", "start domain web");
  }

  @Test
  void aVolumeThatCannotBeMadeKeepsTheFileFromBeingWritten() {
    Scenario host = host();
    ComponentResult first = host.failing("createVolume", "lvcreate failed").configure(web(VOLUME));
    assertThat(Scenario.actions(first, Outcome.SKIPPED)).contains("write /etc/xen/web");
    assertThat(host().configure(web(VOLUME)).errors()).isZero();
  }

  @Test
  void aGuestFileThatIsMovedAwayIsTheConsentToANewDisk() throws Exception {
    Scenario host = host();
    host.configure(web(IMAGE));
    end(host);
    Files.delete(host.path("/srv/xen/web.img"));
    Files.delete(host.path("/etc/xen/web"));
    assertThat(Scenario.actions(host.configure(web(IMAGE)), Outcome.DONE))
        .contains("create image /srv/xen/web.img of 1 GiB");
  }
}
