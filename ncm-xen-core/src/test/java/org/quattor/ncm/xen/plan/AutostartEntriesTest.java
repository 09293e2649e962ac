package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.status.GuestStatus.Autostart;

/** {@code xendomains} starts every entry of {@code /etc/xen/auto}, whatever its name is. */
class AutostartEntriesTest {

  private static final String GUEST =
      "{\"options\": {\"name\": \"web\", \"memory\": 64, \"kernel\": \"/boot/k\"} %s}";

  @TempDir Path folder;
  private Scenario host;

  @BeforeEach
  void aHost() {
    host = new Scenario(folder);
  }

  private static Profile web(String more) {
    return Scenario.profile(
        "{\"active\": true, \"dispatch\": true, \"domains\": {\"web\": "
            + GUEST.formatted(more)
            + "}}");
  }

  private static Profile nothing() {
    return Scenario.profile("{\"active\": true, \"dispatch\": true, \"domains\": {}}");
  }

  private void link(String name, String target) throws IOException {
    Path link = host.path("/etc/xen/auto/" + name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private static List<String> removed(ComponentPlan plan) {
    return plan.actions().stream()
        .map(action -> action.summary())
        .filter(summary -> summary.startsWith("remove "))
        .toList();
  }

  private List<String> found(Profile profile) {
    return host.plan(profile).findings().stream()
        .filter(finding -> finding.path().startsWith("/etc/xen/auto/"))
        .map(Finding::id)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "10_web,/etc/xen/web",
    "50-web,../web",
    "web.cfg,../../xen/web",
    "web,/etc/xen/web",
    "WEB,/etc/xen/auto/../web",
  })
  void eachLinkToTheFileOfAGuestThatStaysOffIsRemoved(String name, String target) throws Exception {
    host.configure(web(", \"auto\": false"));
    link(name, target);

    assertThat(removed(host.plan(web(", \"auto\": false"))))
        .containsExactly("remove link /etc/xen/auto/" + name);
    assertThat(removed(host.plan(web(", \"state\": \"stopped\""))))
        .containsExactly("remove link /etc/xen/auto/" + name);
    assertThat(removed(host.plan(web("")))).isEmpty();
  }

  /** The first link leads to the second, and that to the file. */
  @Test
  void linksToLinksAreFollowed() throws Exception {
    host.configure(web(", \"auto\": true"));
    link("20_web", "web");

    assertThat(removed(host.plan(web(", \"auto\": false"))))
        .containsExactly("remove link /etc/xen/auto/20_web", "remove link /etc/xen/auto/web");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/xen/web.cfg", "/srv/xen/anything"})
  void aSecondFileOfAGuestIsNamedAndLeft(String file) throws Exception {
    host.file(file, "name = 'web'\nmemory = 4096\n");
    link("web.cfg", file);

    assertThat(found(web(", \"auto\": true"))).containsExactly("XEN394");
    assertThat(found(web(", \"auto\": false"))).containsExactly("XEN396");
    assertThat(found(web(", \"state\": \"stopped\""))).containsExactly("XEN396");
    host.configure(web(", \"auto\": false"));
    assertThat(host.path("/etc/xen/auto/web.cfg")).isSymbolicLink();
    assertThat(host.path(file)).exists();
  }

  @Test
  void aSecondFileIsKnownByItsUuidToo() throws Exception {
    host.configure(web(""));
    host.file("/etc/xen/old", host.read("/etc/xen/web").replace("\"web\"", "\"www\""));
    link("old", "../old");

    assertThat(found(web(""))).containsExactly("XEN394");
  }

  @Test
  void aFileInTheFolderItselfIsStartedToo() {
    host.file("/etc/xen/auto/50-web", "name = \"web\"\n");

    assertThat(found(web(", \"auto\": false"))).containsExactly("XEN396");
  }

  @Test
  void aGuestThatAnotherFileStartsIsNotOff() throws Exception {
    host.file("/srv/web", "name = \"web\"\n");
    link("50-web", "/srv/web");

    assertThat(
            new org.quattor.ncm.xen.XenComponent()
                .status(host.context(web("")).build())
                .guests()
                .get(0)
                .autostart())
        .isEqualTo(Autostart.ON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aLinkOfTheGuestsNameToSomebodysFileIsLeftAndSaid(String auto) throws Exception {
    host.file("/srv/own", "name = \"web\"\nmemory = 4096\n");
    link("web", "/srv/own");

    assertThat(found(web(", \"auto\": " + auto))).containsExactly("XEN342");
    host.configure(web(", \"auto\": " + auto));
    assertThat(Files.readSymbolicLink(host.path("/etc/xen/auto/web"))).hasToString("/srv/own");
  }

  @Test
  void eachLinkToTheFileOfAGuestThatIsGoneGoesFirst() throws Exception {
    host.configure(web(", \"auto\": true"));
    link("10_web", "../web");

    assertThat(removed(host.plan(nothing())))
        .containsExactly(
            "remove link /etc/xen/auto/10_web",
            "remove link /etc/xen/auto/web",
            "remove /etc/xen/web");
  }

  @Test
  void anotherFileOfAGuestThatGoesIsNamed() throws Exception {
    host.configure(web(""));
    host.file("/etc/xen/web.cfg", "name = \"web\"\n");
    link("web.cfg", "../web.cfg");

    assertThat(found(nothing())).containsExactly("XEN396");
  }

  @Test
  void aLinkToNothingIsNamed() throws Exception {
    host.file("/etc/xen/auto/.hidden", "");
    link("10_web", "/etc/xen/nowhere");

    assertThat(found(web(""))).containsExactly("XEN395");
    assertThat(removed(host.plan(web("")))).isEmpty();
  }

  @Test
  void whatCannotBeReadMayBeOneOfTheGuests() throws Exception {
    host.file("/etc/xen/program", "import os\nname = os.uname()\n");
    link("50-x", "/etc/xen/program");
    link("60-y", "/etc/xen");
    link("70-z", "70-z");

    assertThat(found(web(""))).containsExactly("XEN397", "XEN397", "XEN397");
  }

  /** The shell of xendomains takes names as bytes; a run cannot remove what it cannot name. */
  @Test
  void anEntryWhoseNameIsNotTextIsNamed() throws Exception {
    host.configure(web(", \"auto\": false"));
    Path auto = Files.createDirectories(host.path("/etc/xen/auto"));
    new ProcessBuilder("sh", "-c", "ln -s ../web \"$(printf 'b\\377')\"")
        .directory(auto.toFile())
        .start()
        .waitFor();

    assertThat(found(web(", \"auto\": false"))).containsExactly("XEN397");
  }

  @Test
  void aGuestThatNobodyDeclaresIsNotOurs() throws Exception {
    host.file("/etc/xen/other", "name = \"other\"\n");
    link("other", "/etc/xen/other");

    assertThat(found(web(""))).isEmpty();
    assertThat(removed(host.plan(web("")))).isEmpty();
  }
}
