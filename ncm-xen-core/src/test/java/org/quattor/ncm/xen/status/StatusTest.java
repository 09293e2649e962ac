package org.quattor.ncm.xen.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;
import org.quattor.ncm.xen.status.GuestStatus.Autostart;
import org.quattor.ncm.xen.status.GuestStatus.Declared;
import org.quattor.ncm.xen.status.GuestStatus.Difference;
import org.quattor.ncm.xen.status.GuestStatus.Disks;
import org.quattor.ncm.xen.status.GuestStatus.File;
import org.quattor.ncm.xen.status.HostStatus.OtherDomain;

/** How guests stand: what is declared, what is there, and what configure would do. */
class StatusTest {

  private static final String WEB =
      """
      "web": {"auto": true, "options": {"name": "web", "memory": 256, "maxmem": 512,
        "kernel": "/boot/one", "disk": [{"type": "file", "path": "/srv/web.img", "size": 8,
        "guestdevice": "xvda", "rw": "w"}]}}""";

  private static final GuestStatus AS_DECLARED =
      new GuestStatus(
          "web",
          "web",
          Declared.RUNNING,
          "",
          File.OK,
          Autostart.ON,
          Autostart.ON,
          DomainStatus.RUNNING,
          Disks.OK,
          ImmutableList.of(),
          false,
          ImmutableList.of(),
          ImmutableList.of());

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aHost() {
    host = new Scenario(folder);
  }

  private static Profile guests(String... guests) {
    return Scenario.domains("{" + String.join(",", guests) + "}");
  }

  private HostStatus status(Profile profile) {
    return new XenComponent().status(host.context(profile).build());
  }

  private GuestStatus web(String declared) {
    return status(guests(declared)).guests().get(0);
  }

  private void webIs(Activity activity) {
    RunningDomain web = host.host().spec().domains().get("web");
    RunningDomain changed =
        new RunningDomain(web.id(), activity, web.configuration(), web.shared());
    host.change(now -> now.withDomain("web", changed));
  }

  private static RunningDomain byHand() {
    return new RunningDomain(
        9, Activity.PAUSED, DomainConfiguration.named("byhand").build(), ImmutableSortedSet.of());
  }

  @Test
  void aGuestThatIsAsDeclaredNeedsNothing() {
    host.configure(guests(WEB));

    GuestStatus web = web(WEB);

    assertThat(web).isEqualTo(AS_DECLARED);
    assertThat(web.isDown() || web.isPaused() || web.isDrifted()).isFalse();
    assertThat(web.takes()).isEqualTo(Takes.NOTHING);
  }

  @Test
  void aNewGuestLacksEverything() {
    GuestStatus web = web(WEB);

    assertThat(List.of(web.file(), web.autostart(), web.autostartDeclared()))
        .containsExactly(File.MISSING, Autostart.OFF, Autostart.ON);
    assertThat(List.of(web.state(), web.disks(), web.takes()))
        .containsExactly(DomainStatus.STOPPED, Disks.MISSING, Takes.CONFIGURE);
    assertThat(web.actions())
        .extracting(PlannedAction::summary)
        .containsExactly(
            "create image /srv/web.img of 8 MiB",
            "write /etc/xen/web",
            "link /etc/xen/auto/web to /etc/xen/web",
            "start domain web");
    assertThat(web.isDown()).isTrue();
    assertThat(web.isDrifted()).isTrue();
  }

  @Test
  void whatDiffersIsNamedWithWhatItTakes() {
    host.configure(guests(WEB));

    GuestStatus web = web(WEB.replace("256", "128").replace("one", "two").replace("true", "false"));

    assertThat(web.differences())
        .containsExactly(
            new Difference("memory 256 MiB to 128 MiB", Impact.NEXT_REBOOT),
            new Difference("kernel /boot/one to /boot/two", Impact.NEXT_REBOOT));
    assertThat(web.takes()).isEqualTo(Takes.NEXT_REBOOT);
    assertThat(List.of(web.file(), web.autostart(), web.autostartDeclared(), web.disks()))
        .containsExactly(File.DIFFERS, Autostart.ON, Autostart.OFF, Disks.OK);
    assertThat(web(WEB.replace("256", "512")).takes()).isEqualTo(Takes.LIVE);
  }

  @Test
  void whatIsStoredForTheNextRebootIsPending() {
    host.configure(guests(WEB));
    String stored =
        WEB.replace("\"auto\"", "\"on_change\": \"next-reboot\", \"auto\"").replace("one", "two");
    assertThat(web(stored).takes()).isEqualTo(Takes.NEXT_REBOOT);
    host.configure(guests(stored));

    assertThat(web(stored).takes()).isEqualTo(Takes.PENDING);
    assertThat(web(stored).differences()).isNotEmpty();
  }

  @Test
  void aGuestThatIsPausedIsNotDown() {
    host.configure(guests(WEB));

    webIs(Activity.PAUSED);
    assertThat(web(WEB)).matches(GuestStatus::isPaused).matches(web -> !web.isDown());
    webIs(Activity.BUILDING);
    assertThat(web(WEB)).matches(web -> !web.isPaused()).matches(web -> !web.isDown());
    assertThat(web(WEB).state()).isEqualTo(DomainStatus.BUILDING);
    webIs(Activity.CRASHED);
    assertThat(web(WEB)).matches(GuestStatus::isDown).matches(web -> !web.isPaused());
    assertThat(web(WEB).state()).isEqualTo(DomainStatus.CRASHED);
    String stopped = WEB.replace("\"auto\": true", "\"state\": \"stopped\"");
    assertThat(web(stopped)).matches(web -> !web.isDown());
    webIs(Activity.PAUSED);
    assertThat(web(stopped)).matches(web -> !web.isPaused());
  }

  @Test
  void aDiskThatGrowsIsToChange() {
    String component = "{\"active\": true, \"create_filesystems\": true, \"domains\": {%s}}";
    host.configure(Scenario.profile(component.formatted(WEB)));
    String larger = WEB.replace("\"size\": 8", "\"grow\": true, \"size\": 16");

    GuestStatus web = status(Scenario.profile(component.formatted(larger))).guests().get(0);

    assertThat(web.actions())
        .extracting(PlannedAction::summary)
        .containsExactly("extend image /srv/web.img from 8 MiB to 16 MiB");
    assertThat(web.disks()).isEqualTo(Disks.DIFFERS);
  }

  @Test
  void whereXenWasNotBootedNothingRuns() {
    host.with(
        bare -> bare.withFacts(new HostFacts(Set.of(Toolstack.XL), false, false, null, "xen1")));

    assertThat(web(WEB).state()).isEqualTo(DomainStatus.STOPPED);
  }

  @Test
  void theProfileSaysWhetherAGuestIsToRun() {
    assertThat(web(WEB.replace("\"auto\": true", "\"state\": \"running\"")).declared())
        .isEqualTo(Declared.RUNNING);
    assertThat(web(WEB.replace("\"auto\": true", "\"state\": \"stopped\"")).declared())
        .isEqualTo(Declared.STOPPED);
    assertThat(web(WEB.replace("\"auto\": true", "\"state\": \"unmanaged\"")).declared())
        .isEqualTo(Declared.UNMANAGED);
    String component = "{\"active\": true, \"dispatch\": true, %s \"domains\": {" + WEB + "}}";
    assertThat(status(Scenario.profile(component.formatted(""))).guests().get(0).declared())
        .isEqualTo(Declared.ANY);
    String map =
        """
        "create_domains": true, "guest_map": {"web": {"active": true, "dispatch": true,
          "guest_mac": "00:16:3e:00:00:01", "hypervisor_name": "xen2"}},""";
    GuestStatus elsewhere = status(Scenario.profile(component.formatted(map))).guests().get(0);
    assertThat(elsewhere.declared()).isEqualTo(Declared.ELSEWHERE);
    assertThat(elsewhere.otherHost()).isEqualTo("xen2");
    assertThat(elsewhere.autostartDeclared()).isEqualTo(Autostart.OFF);
  }

  @Test
  void anUnmanagedGuestIsNotComparedWithItsDeclaration() {
    String unmanaged = WEB.replace("\"auto\": true", "\"state\": \"unmanaged\"");
    assertThat(web(unmanaged).file()).isEqualTo(File.MISSING);
    host.configure(guests(WEB));

    GuestStatus web = web(unmanaged.replace("256", "128"));

    assertThat(List.of(web.file(), web.autostart(), web.autostartDeclared()))
        .containsExactly(File.PRESENT, Autostart.ON, Autostart.ANY);
    assertThat(List.of(web.state(), web.disks(), web.takes()))
        .containsExactly(DomainStatus.RUNNING, Disks.NOT_CHECKED, Takes.NOTHING);
    assertThat(web.isDrifted()).isFalse();
  }

  @Test
  void errorsAreThoseOfTheGuestItself() throws Exception {
    host.configure(guests(WEB));
    Files.delete(host.path("/etc/xen/web"));
    Files.createDirectory(host.path("/etc/xen/web"));
    String web2 =
        """
        "web2": {"options": {"name": "web2", "memory": 64, "kernel": "/k", "disk": [{"type":
          "file", "path": "/srv/web2.img", "size": 8, "create": false, "guestdevice": "xvda",
          "rw": "w"}]}}""";

    ImmutableList<GuestStatus> all = status(guests(WEB, web2)).guests();

    assertThat(all.get(0).file()).isEqualTo(File.NOT_A_FILE);
    assertThat(all.get(0).disks()).isEqualTo(Disks.OK);
    assertThat(all.get(0).errors())
        .extracting(Finding::id, Finding::found)
        .containsExactly(tuple("XEN340", "is a directory"));
    assertThat(all.get(0).actions()).isEmpty();
    assertThat(all.get(0).isDrifted()).isTrue();
    assertThat(all.get(1).disks()).isEqualTo(Disks.ERROR);
    assertThat(all.get(1).takes()).isEqualTo(Takes.ERRORS);
    assertThat(all.get(1).errors())
        .singleElement()
        .extracting(Finding::found)
        .asString()
        .contains("/srv/web2.img");
  }

  @Test
  void theFileOfTheInstallPhaseIsAnotherOne() {
    host.configure(guests(WEB));

    GuestStatus web =
        web(
            WEB.replace(
                "\"options\"",
                "\"install_options\": {\"name\": \"web\", \"memory\": 256, \"kernel\": \"/boot/i\"},"
                    + " \"options\""));

    assertThat(web.actions())
        .extracting(PlannedAction::summary)
        .containsExactly("write /etc/xen/web.start");
    assertThat(web.file()).isEqualTo(File.OK);
  }

  @Test
  void nothingIsDoneAboutAGuestOfLibvirt() {
    host.file("/etc/libvirt/libxl/db.xml", "<domain type='xen'/>");

    GuestStatus db =
        status(
                guests(
                    "\"db\": {\"options\": {\"name\": \"db\", \"memory\": 64, \"kernel\": \"/k\"}}"))
            .guests()
            .get(0);

    assertThat(db.file()).isEqualTo(File.MISSING);
    assertThat(db.disks()).isEqualTo(Disks.NONE);
    assertThat(db.errors()).hasSize(1);
    assertThat(db.actions()).isEmpty();
  }

  @Test
  void aLinkThatPointsElsewhereIsNoAutostart() throws Exception {
    host.configure(guests(WEB));
    Files.delete(host.path("/etc/xen/auto/web"));
    Files.createSymbolicLink(host.path("/etc/xen/auto/web"), Path.of("/nowhere"));

    assertThat(web(WEB).autostart()).isEqualTo(Autostart.OFF);
    assertThat(web(WEB).autostartDeclared()).isEqualTo(Autostart.ON);
    GuestStatus undeclared = web(WEB.replace("\"auto\": true,", ""));
    assertThat(undeclared.autostart()).isEqualTo(Autostart.OFF);
    assertThat(undeclared.autostartDeclared()).isEqualTo(Autostart.ANY);
  }

  @Test
  void domainsThatNobodyDeclaresAreToldOnceAllGuestsAre() {
    String db = "\"db\": {\"options\": {\"name\": \"data\", \"memory\": 64, \"kernel\": \"/k\"}}";
    host.configure(guests(WEB, db));
    host.change(now -> now.withDomain("byhand", byHand()));

    HostStatus all = status(guests(WEB, db));
    HostStatus one =
        new XenComponent()
            .status(host.context(guests(WEB, db)).option("guest", ImmutableList.of("web")).build());

    assertThat(all.guests()).extracting(GuestStatus::domain).containsExactly("data", "web");
    assertThat(all.others()).extracting(OtherDomain::domain).containsExactly("byhand");
    assertThat(one.guests()).containsExactly(AS_DECLARED);
    assertThat(one.others()).isEmpty();
  }
}
