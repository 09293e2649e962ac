package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.derive.Site.GUEST;
import static org.quattor.ncm.xen.derive.Site.GUESTS;
import static org.quattor.ncm.xen.derive.Site.HOST;
import static org.quattor.ncm.xen.derive.Site.LOADER;
import static org.quattor.ncm.xen.derive.Site.ids;
import static org.quattor.ncm.xen.derive.Site.sentences;
import static org.quattor.ncm.xen.derive.Site.text;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which guests a host has, and where their profiles are taken from. */
class DerivationTest {

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void makeSite() throws IOException {
    site = new Site(folder);
  }

  @Test
  void aHostThatTheDatabaseLacksIsAnErrorWithTheNearestName() {
    DerivedProfile profile = site.derive("XEN_DB.xen1.exmaple.org=" + GUEST);
    assertThat(profile.hasErrors()).isTrue();
    assertThat(sentences(profile))
        .containsExactly(
            "XEN504 --set:XEN_DB: has no entry for the host xen1.example.org; expected the list"
                + " of its guests, which may be empty (did you mean xen1.exmaple.org?)");
  }

  @Test
  void withoutAnyWordOnGuestsTheirLocationTells() throws IOException {
    assertThat(ids(site.derive().findings())).containsExactly("XEN504");
    site.guest("vm2.example.org", "\"location\": \"" + HOST + "\"");
    DerivedProfile profile = site.derive(LOADER);
    assertThat(text(profile, "domains")).isEqualTo("[vm2.example.org]");
    assertThat(ids(profile.findings())).containsExactly("XEN509");
  }

  @Test
  void aProfileThatCannotBeReadMayBeOfAGuest() throws IOException {
    site.guest("vm2.example.org", "\"location\": \"" + HOST + "\"");
    site.profile("vm3.example.org", "{\"hardware\": ");
    assertThat(sentences(site.derive(LOADER)))
        .hasSize(2)
        .element(0)
        .asString()
        .startsWith("XEN507 vm3.example.org: its profile cannot be read: ")
        .endsWith("(set XEN_GUESTS or XEN_DB to name the profiles to read)");
  }

  @Test
  void anEmptyEntryMeansNoGuests() {
    DerivedProfile profile = site.derive("XEN_DB." + HOST + "=");
    assertThat(text(profile, "domains")).isEqualTo("[]");
    assertThat(ids(profile.findings())).containsExactly("XEN526");
  }

  @Test
  void aGuestOnTwoHostsIsAnErrorThatNamesBoth() {
    DerivedProfile profile =
        site.derive(LOADER, "XEN_DB." + HOST + "=" + GUEST, "XEN_DB.xen2.example.org=" + GUEST);
    assertThat(sentences(profile))
        .containsExactly(
            "XEN505 --set:XEN_DB/xen2.example.org: the guest vm1.example.org is on xen2.example.org"
                + " and on xen1.example.org; expected one host for a guest (remove it"
                + " from one of them: running twice, it destroys its disks)");
  }

  @Test
  void aGuestWhoseProfileIsOfAnotherHostIsAnErrorThatNamesBoth() throws IOException {
    site.profile("xen2.example.org", "{}");
    site.guest(GUEST, "\"location\": \"xen2.example.org\"");
    assertThat(sentences(site.derive(LOADER, GUESTS)))
        .singleElement()
        .asString()
        .startsWith("XEN505 ")
        .contains("vm1.example.org is on xen2.example.org and on xen1.example.org");
  }

  @Test
  void aLocationThatIsNoHostSaysNothing() throws IOException {
    site.guest(GUEST, "\"location\": \"machine room 2\"");
    assertThat(sentences(site.derive(LOADER, GUESTS))).isEmpty();
  }

  @Test
  void aGuestThatIsNamedTwiceIsThereOnce() {
    DerivedProfile profile = site.derive(LOADER, GUESTS + "," + GUEST);
    assertThat(text(profile, "domains")).isEqualTo("[" + GUEST + "]");
    assertThat(ids(profile.findings())).containsExactly("XEN506");
  }

  @Test
  void aMissingAndABrokenProfileAreErrorsOfTheirGuests() throws IOException {
    site.profile("vm2.example.org", "{\"hardware\": ");
    DerivedProfile profile = site.derive(LOADER, "XEN_GUESTS=vm1.exmaple.org,vm2.example.org");
    assertThat(sentences(profile)).hasSize(2);
    assertThat(sentences(profile).get(0))
        .isEqualTo(
            "XEN507 vm1.exmaple.org: the profile vm1.exmaple.org is not in the given directories and"
                + " files; expected the compiled profile of each guest (did you mean"
                + " vm1.example.org?)");
    assertThat(sentences(profile).get(1))
        .contains("XEN507 vm2.example.org", "vm2.example.org.json:1");
  }

  @Test
  void aVariableThatNamesNoGuestIsSaid() {
    assertThat(sentences(site.derive(LOADER, GUESTS, "XEN_BOOTARGS.vm1.exmaple.org=x")))
        .containsExactly(
            "XEN508 --set:XEN_BOOTARGS/vm1.exmaple.org: the guest vm1.exmaple.org does not exist; expected"
                + " a guest of XEN_GUESTS or XEN_DB (did you mean vm1.example.org?)");
  }

  @Test
  void aProfileIsTakenFromTheLastPlaceThatHasItAndInTheCheapestForm() throws IOException {
    Path moved = Files.createDirectory(folder.resolve("moved"));
    Files.writeString(moved.resolve("vm1.example.org.json"), "{}");
    Files.writeString(folder.resolve("vm1.example.org.xml"), "<broken");
    GuestProfiles profiles = GuestProfiles.in(ImmutableList.of(folder, moved));
    assertThat(profiles.find(GUEST).orElseThrow().find("/hardware")).isEmpty();
    assertThat(profiles.names()).contains(HOST, GUEST).doesNotContain("moved");
    assertThat(
            GuestProfiles.in(ImmutableList.of(folder)).find(GUEST).orElseThrow().find("/hardware"))
        .isPresent();
  }
}
