package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.derive.Site.GUEST;
import static org.quattor.ncm.xen.derive.Site.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quattor.ncm.xen.host.Toolstack;

/** Every variable: what it is without being given, what it does, and what it does not take. */
class VariablesTest {

  private static final String OPTIONS = "domains/" + GUEST + "/options/";

  @TempDir Path folder;

  private DerivedProfile derive(String... assignments) throws IOException {
    return new Site(folder).derive(assignments);
  }

  private DerivedProfile deriveGuest(String... assignments) throws IOException {
    return derive(
        Stream.concat(Stream.of("XEN_GUESTS=" + GUEST), Stream.of(assignments))
            .toArray(String[]::new));
  }

  /** Variable, a good value and an effect of it, and the same without it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "XEN_VG=vg7 | options/disk/0/hostdevice | vg7 | vg01",
        "XEN_BOOTLOADER_DEFAULT=/x/grub | options/bootloader | /x/grub | pygrub",
        "XEN_BOOTLOADER.vm1.example.org=/x/grub | options/bootloader | /x/grub | pygrub",
        "XEN_BOOTARG_DEFAULT=a b | options/bootargs | a b | ''",
        "XEN_BOOTARGS_DEFAULT=a b | options/bootargs | a b | ''",
        "XEN_BOOTARGS.vm1.example.org=a,b | options/bootargs | a,b | ''",
        "XEN_CREATE_FILESYSTEMS=false | options/disk/0/create | false | true",
        "XEN_CREATE_FILESYSTEMS=false | ../../create_filesystems | false | true",
        "XEN_CREATE_DOMAINS=false | ../../create_domains | false | true",
        "XEN_RAM=777 | options/memory | 777 | 1024",
        "XEN_VIF_BRIDGE.vm1.example.org.eth0=br9 | options/vif/0 | mac=00:16:3e:11:22:31,bridge=br9"
            + " | mac=00:16:3e:11:22:31,bridge=xenbr0",
        "XEN_NETWORK_BRIDGES.br9.netdev=eth0 | ../../network/bridges | [br9] | [xenbr0, xenbr1]",
        "XEN_NETWORK_BRIDGES.br9.vifnum=4 | ../../network/bridges/br9/vifnum | 4 | absent",
        "XEN_NETWORK_BRIDGES= | ../../network | absent | [bridges]",
        "XEN_GUESTS_MACHINE_DB.vm1.example.org.ram_size=99 | options/memory | 99 | 1024",
        "XEN_GUESTS_MACHINE_DB.vm1.example.org.harddisks.xvdf.capacity=999"
            + " | options/disk/0/guestdevice | xvdf | xvda",
        "XEN_GUESTS_MACHINE_DB.vm1.example.org.nic.eth0.hwaddr=00:16:3E:00:00:07"
            + " | options/vif/0 | mac=00:16:3e:00:00:07,bridge=xenbr0"
            + " | mac=00:16:3e:11:22:31,bridge=xenbr0",
        "XEN_BOOT_DEVICE=/dev/xvdz | options/root | absent | absent",
      })
  void aVariableHasItsEffectAndItsDefault(String set, String path, String given, String absent)
      throws IOException {
    String place = path.startsWith("../../") ? path.substring(6) : "domains/" + GUEST + "/" + path;
    DerivedProfile with = deriveGuest(set);
    assertThat(with.hasErrors()).as("%s", Site.sentences(with)).isFalse();
    assertThat(text(with, place)).isEqualTo(given);
    assertThat(text(deriveGuest(), place)).isEqualTo(absent);
  }

  @Test
  void theRootDeviceIsThatOfGuestsWithoutABootloader() throws IOException {
    String none = "XEN_BOOTLOADER." + GUEST + "=";
    assertThat(text(deriveGuest(none), OPTIONS + "root")).isEqualTo("/dev/sda2");
    assertThat(text(deriveGuest(none, "XEN_BOOT_DEVICE=/dev/xvda1"), OPTIONS + "root"))
        .isEqualTo("/dev/xvda1");
  }

  @Test
  void pypxebootIsTheDefaultOfXmAndHasItsArgument() throws IOException {
    DerivedProfile profile = new Site(folder).derive(Toolstack.XM, "XEN_GUESTS=" + GUEST);
    assertThat(text(profile, OPTIONS + "bootloader")).isEqualTo("/usr/bin/pypxeboot");
    assertThat(text(profile, OPTIONS + "bootargs")).isEqualTo("vif[0]");
    assertThat(Site.sentences(profile)).isEmpty();
  }

  @Test
  void pypxebootHasItsArgumentWhateverTheDefaultOfArguments() throws IOException {
    DerivedProfile profile =
        deriveGuest("XEN_BOOTLOADER_DEFAULT=/opt/pypxeboot-2", "XEN_BOOTARG_DEFAULT=x");
    assertThat(text(profile, OPTIONS + "bootargs")).isEqualTo("vif[0]");
  }

  @Test
  void thatPygrubIsTheDefaultOfXlIsSaidOnce() throws IOException {
    new Site(folder).guest("vm2.example.org", "");
    DerivedProfile profile = derive("XEN_GUESTS=" + GUEST + ",vm2.example.org");
    assertThat(Site.ids(profile.findings())).containsExactly("XEN521");
  }

  @Test
  void theGuestsAreThoseOfTheListElseOfTheHostsEntry() throws IOException {
    new Site(folder).guest("vm2.example.org", "");
    String db = "XEN_DB.xen1.example.org=vm2.example.org";
    assertThat(text(derive(db), "domains")).isEqualTo("[vm2.example.org]");
    assertThat(text(derive(db, "XEN_GUESTS=" + GUEST), "domains")).isEqualTo("[" + GUEST + "]");
  }

  @Test
  void thePrefixIsOfProfilesOnly() throws IOException {
    new Site(folder).guest("profile_vm5", "");
    Site site = new Site(folder);
    site.profile("profile_xen1.example.org", "{}");
    DerivedProfile profile = site.derive("XEN_PROFILE_PREFIX=profile_", "XEN_GUESTS=vm5");
    assertThat(text(profile, "domains")).isEqualTo("[vm5]");
    assertThat(text(profile, "domains/vm5/options/disk/0/hostvol")).isEqualTo("vm5");
  }

  @Test
  void whatTheHostsBootEntryAndTheGuestsClocksNeedIsKnown() {
    HostVariables standard = new VariablesReader().read();
    assertThat(standard.dom0Memory()).isEqualTo("400M");
    assertThat(standard.dom0RootDevice()).isEqualTo("/dev/root");
    assertThat(standard.independentWallclock()).isFalse();
    HostVariables given =
        new VariablesReader()
            .set("XEN_DOM0_MEM", "1G,max:2G")
            .set("XEN_DOM0_ROOT_DEVICE", "LABEL=/")
            .set("XEN_INDEPENDENT_WALLCLOCK", "true")
            .read();
    assertThat(given.dom0Memory()).isEqualTo("1G,max:2G");
    assertThat(given.dom0RootDevice()).isEqualTo("LABEL=/");
    assertThat(given.independentWallclock()).isTrue();
    assertThat(given.isGiven(Variable.DOM0_MEM)).isTrue();
    assertThat(standard.isGiven(Variable.DOM0_MEM)).isFalse();
    assertThat(given.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "XEN_BOOT_DEVICE=sda2 | expected a device, such as /dev/sda2",
        "XEN_DOM0_ROOT_DEVICE=sda2 | expected a device such as /dev/sda1, LABEL=... or UUID=...",
        "XEN_DOM0_MEM=400 | expected memory with a unit, such as 400M",
        "XEN_VG=vg/01 | expected a name of letters, digits and _ . + -",
        "XEN_GUESTS=vm 1 | expected a name of letters",
        "XEN_GUESTS=../vm1 | expected a name of letters",
        "XEN_DB.xen1.example.org=-vm1 | expected a name of letters",
        "XEN_DB=vm1 | expected a dict by host, each entry a list",
        "XEN_BOOTLOADER_DEFAULT=a\u001bb | expected text on one line",
        "XEN_BOOTLOADER=pygrub | expected a dict by guest, each entry text on one line",
        "XEN_BOOTARG_DEFAULT=a\u0007b | expected text on one line",
        "XEN_BOOTARGS_DEFAULT=a\u0007b | expected text on one line",
        "XEN_BOOTARGS=vif[0] | expected a dict by guest",
        "XEN_CREATE_FILESYSTEMS=yes | is \"yes\"; expected true or false",
        "XEN_CREATE_DOMAINS=1 | is \"1\"; expected true or false",
        "XEN_PROFILE_PREFIX=../x | expected letters, digits and _ . + -",
        "XEN_INDEPENDENT_WALLCLOCK=TRUE | expected true or false",
        "XEN_RAM=2G | is \"2G\"; expected a whole number of MiB, at least 1",
        "XEN_RAM=0 | expected a whole number of MiB, at least 1",
        "XEN_RAM=99999999999999999999 | expected a whole number of MiB, at least 1",
        "XEN_VIF_BRIDGE.vm1=br0 | has the key \"vm1\"; expected a dict by guest, each entry a dict",
        "XEN_VIF_BRIDGE.vm1.eth0=a bridge | expected a network interface, at most 15 characters",
        "XEN_NETWORK_BRIDGES.br0.netdevice=eth0 | expected a dict by bridge",
        "XEN_NETWORK_BRIDGES.br0.vifnum=-1 | expected a whole number, at least 0",
        "XEN_GUESTS_MACHINE_DB.vm1.ram=5 | expected a dict by guest, each entry a dict of harddisks",
        "XEN_GUESTS_MACHINE_DB.vm1.ram_size=5M | expected a whole number of MiB",
        "XEN_BOOTLOADR=x | expected one of XEN_BOOT_DEVICE, ",
      })
  void aBadValueIsAnErrorThatNamesTheVariable(String set, String expected) {
    int equals = set.indexOf('=');
    String name = set.substring(0, equals);
    HostVariables variables = new VariablesReader().set(name, set.substring(equals + 1)).read();
    assertThat(variables.findings()).hasSize(1);
    String sentence = variables.findings().get(0).sentence();
    assertThat(sentence).startsWith("--set:" + name.split("\\.", 2)[0]).contains(expected);
  }

  @Test
  void noVariableIsLeftOutOfTheseTests() throws IOException {
    String cases = casesOf("aVariableHasItsEffectAndItsDefault");
    String bad = casesOf("aBadValueIsAnErrorThatNamesTheVariable");
    Set<String> names =
        Variable.all().stream().map(Variable::name).collect(Collectors.toUnmodifiableSet());
    // These have tests of their own.
    Set<String> others =
        Set.of(
            "XEN_GUESTS",
            "XEN_DB",
            "XEN_PROFILE_PREFIX",
            "XEN_DOM0_MEM",
            "XEN_DOM0_ROOT_DEVICE",
            "XEN_INDEPENDENT_WALLCLOCK");
    for (String name : names) {
      assertThat(bad).containsPattern(name + "[=.]");
      if (!others.contains(name)) {
        assertThat(cases).containsPattern(name + "[=.]");
      }
    }
  }

  private static String casesOf(String method) {
    return Stream.of(VariablesTest.class.getDeclaredMethods())
        .filter(candidate -> candidate.getName().equals(method))
        .flatMap(candidate -> Stream.of(candidate.getAnnotation(CsvSource.class).value()))
        .collect(Collectors.joining("\n"));
  }

  static Stream<String> templatesOnly() {
    return Variable.OF_TEMPLATES_ONLY.stream();
  }

  @ParameterizedTest
  @MethodSource("templatesOnly")
  void aVariableOfTheTemplatesIsNoMistake(String name) {
    assertThat(Site.ids(new VariablesReader().set(name, "x").read().findings()))
        .containsExactly("XEN503");
  }

  @Test
  void twoSpellingsMustNotContradictEachOther() {
    VariablesReader reader = new VariablesReader().set("XEN_BOOTARG_DEFAULT", "a");
    assertThat(reader.set("XEN_BOOTARGS_DEFAULT", "a").read().findings()).isEmpty();
    assertThat(Site.ids(reader.set("XEN_BOOTARGS_DEFAULT", "b").read().findings()))
        .containsExactly("XEN502");
  }
}
