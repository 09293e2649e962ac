package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.derive.Site.GUEST;
import static org.quattor.ncm.xen.derive.Site.HOST;
import static org.quattor.ncm.xen.derive.Site.ids;
import static org.quattor.ncm.xen.derive.Site.sentences;
import static org.quattor.ncm.xen.derive.Site.text;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.profile.ProfileReader;

class DerivationTest {

  private static final String GUESTS = "XEN_GUESTS=" + GUEST;
  private static final String LOADER = "XEN_BOOTLOADER_DEFAULT=pygrub";
  private static final String OPTIONS = "domains/" + GUEST + "/options/";

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void makeSite() throws IOException {
    site = new Site(folder);
  }

  private String options(DerivedProfile profile, String path) {
    return text(profile, OPTIONS + path);
  }

  // Which guests

  @Test
  void aHostThatTheDatabaseLacksIsAnErrorWithTheNearestName() {
    DerivedProfile profile = site.derive("XEN_DB.xen1.exmaple.org=" + GUEST);
    assertThat(profile.hasErrors()).isTrue();
    assertThat(sentences(profile))
        .containsExactly(
            "XEN504 --set:XEN_DB: it has no entry for the host xen1.example.org; expected the list"
                + " of its guests, empty for none (did you mean xen1.exmaple.org?)");
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
                + " and on xen1.example.org; expected one host for a guest (started twice it"
                + " destroys its disks)");
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
            "XEN507 vm1.exmaple.org: there is no profile vm1.exmaple.org among those that are"
                + " given; expected the compiled profile of each guest (did you mean"
                + " vm1.example.org?)");
    assertThat(sentences(profile).get(1))
        .contains("XEN507 vm2.example.org", "vm2.example.org.json:1");
  }

  @Test
  void aVariableThatNamesNoGuestIsSaid() {
    assertThat(sentences(site.derive(LOADER, GUESTS, "XEN_BOOTARGS.vm1.exmaple.org=x")))
        .containsExactly(
            "XEN508 --set:XEN_BOOTARGS/vm1.exmaple.org: there is no guest vm1.exmaple.org; expected"
                + " a guest of XEN_GUESTS or XEN_DB (did you mean vm1.example.org?)");
  }

  // Hardware

  @Test
  void allMemoryAllCoresAllDisksAndAllCardsCount() throws IOException {
    site.guest(
        GUEST,
        """
        "ram": [{"size": 1024}, {"size": 2048}],
        "cpu": [{"cores": 2}, {"cores": 4}, {}],
        "harddisks": {"xvdb": {"capacity": 500}, "xvdaa": {"capacity": 700},
                      "xvda": {"capacity": 900}},
        "cards": {"nic": {"eth10": {"hwaddr": "00:16:3E:00:00:10"},
                          "eth2": {"hwaddr": "00-16-3e-00-00-02"},
                          "eth0": {"hwaddr": "00:16:3e:00:00:00"}}}""");
    DerivedProfile profile = site.derive(LOADER, GUESTS, "XEN_BOOTARGS." + GUEST + "=x");
    assertThat(options(profile, "memory")).isEqualTo("3072");
    assertThat(options(profile, "vcpus")).isEqualTo("7");
    assertThat(options(profile, "disk/0/hostvol")).isEqualTo("vm1.example.org");
    assertThat(options(profile, "disk/1/hostvol")).isEqualTo("vm1.example.org-xvdb");
    assertThat(options(profile, "disk/2/hostvol")).isEqualTo("vm1.example.org-xvdaa");
    assertThat(options(profile, "disk/1/size")).isEqualTo("500");
    assertThat(options(profile, "vif/0")).startsWith("mac=00:16:3e:00:00:00,bridge=xenbr0");
    assertThat(options(profile, "vif/1")).startsWith("mac=00:16:3e:00:00:02");
    assertThat(options(profile, "vif/2")).startsWith("mac=00:16:3e:00:00:10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"ram\": []' | XEN512 | the guest has no memory",
        "'\"ram\": [{\"size\": \"2048\"}]' | XEN511 | is a string \"2048\"; expected a whole number",
        "'\"ram\": [{\"size\": -1}]' | XEN511 | is a long \"-1\"; expected a whole number",
        "'\"ram\": [{\"size\": {}}]' | XEN511 | is a dict; expected a whole number",
        "'\"cpu\": []' | XEN513 | the guest has no CPU",
        "'\"cpu\": 5' | XEN513 | the guest has no CPU",
        "'\"harddisks\": {}' | XEN514 | the guest has no disk",
        "'\"harddisks\": {\"xvda\": {}}' | XEN511 | the disk has no capacity",
        "'\"harddisks\": {\"xvda\": {\"capacity\": 20}}' | XEN515 | a capacity of 20 MiB",
        "'\"harddisks\": {\"sda\": {\"capacity\": 9999}}' | XEN517 | is called sda; expected xvda",
        "'\"cards\": {\"nic\": {\"eth0\": {}}}' | XEN510 | the network interface has no MAC",
        "'\"cards\": {\"nic\": {\"eth0\": {\"hwaddr\": \"0:1\"}}}' | XEN510 | is \"0:1\"; expected",
        "'\"cpu\": [{\"arch\": \"i686\"}]' | XEN518 | Linux has none such since 5.9",
      })
  void whatIsWrongWithAMachineIsSaid(String hardware, String id, String words) throws IOException {
    site.guest(GUEST, hardware);
    assertThat(sentences(site.derive(LOADER, GUESTS)))
        .anyMatch(sentence -> sentence.startsWith(id + " ") && sentence.contains(words));
  }

  @ParameterizedTest
  @CsvSource({
    "i386, x86_64, 5.14.0-1, XL, XEN518, C2",
    "x86_64, i386, 2.6.18-92.el5xen, XM, XEN519, C3",
    "x86_64, i386, 4.19.0, XL, XEN519, C4",
    "x86_64, i386, 5.10.0, XL, XEN518, C5",
    "x86_64, x86_64, 2.6.18-92.el5, XM, XEN520, C6",
    "x86_64, x86_64, 2.6.9-42.ELxenU, XM, XEN517, C7",
    "i386, i386, 2.6.9-55.ELxenU, XM, '', ''",
    "x86_64, x86_64, 2.6.9-55.ELxenU, XM, '', ''",
    "x86_64, x86_64, 5.14.0-1, XL, '', ''",
  })
  void guestsAreHeldAgainstTheTableOfHosts(
      String host, String guest, String kernel, Toolstack toolstack, String id, String row)
      throws IOException {
    site.profile(HOST, "{\"hardware\": {\"cpu\": [{\"arch\": \"" + host + "\"}]}}");
    site.profile(
        GUEST,
        """
        {"hardware": {"cpu": [{"arch": "%s"}], "ram": [{"size": 512}],
                      "harddisks": {"xvda": {"capacity": 9999}}},
         "system": {"kernel": {"version": "%s"}}}"""
            .formatted(guest, kernel));
    DerivedProfile profile = site.derive(toolstack, LOADER, GUESTS);
    if (id.isEmpty()) {
      assertThat(sentences(profile)).isEmpty();
    } else {
      assertThat(sentences(profile))
          .singleElement()
          .asString()
          .startsWith(id + " ")
          .contains("row " + row + " of docs/derive.md");
    }
  }

  // Networks

  private void guestWithAddress(String interfaces) throws IOException {
    site.profile(
        GUEST,
        """
        {"hardware": {"cpu": [{}], "ram": [{"size": 512}],
                      "harddisks": {"xvda": {"capacity": 9999}},
                      "cards": {"nic": {"eth0": {"hwaddr": "00:16:3e:00:00:01"}}}},
         "system": {"network": {"interfaces": %s}}}"""
            .formatted(interfaces));
  }

  private void hostWithNetwork(String interfaces) throws IOException {
    site.profile(HOST, "{\"system\": {\"network\": {\"interfaces\": " + interfaces + "}}}");
  }

  private String bridge() {
    String vif = options(site.derive(LOADER, GUESTS), "vif/0");
    return vif.replaceFirst("mac=00:16:3e:00:00:01,?", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"eth0\": {\"ip\": \"10.0.0.5\"}} | bridge=xenbr1",
        "{\"eth0\": {\"ip\": \"192.0.2.5\"}} | bridge=xenbr0",
        "{\"eth0\": {\"ip\": \"172.16.0.5\"}} | ''",
        "{\"eth0\": {\"bootproto\": \"dhcp\"}} | ''",
        "{\"eth0\": {\"ip\": \"2001:db8::5\"}} | ''",
        "{\"eth0\": {\"master\": \"bond0\"}, \"bond0\": {\"ip\": \"10.0.0.5\"}} | bridge=xenbr1",
        "{\"eth0\": {\"master\": \"bond0\"}, \"bond0\": {\"bridge\": \"br0\"},"
            + " \"br0\": {\"ip\": \"10.0.0.5\"}} | bridge=xenbr1",
      })
  void theBridgeIsTheOneIntoTheNetworkOfTheAddress(String interfaces, String bridge)
      throws IOException {
    guestWithAddress(interfaces);
    assertThat(bridge()).isEqualTo(bridge);
    assertThat(ids(site.derive(LOADER, GUESTS).findings()))
        .isEqualTo(bridge.isEmpty() ? ImmutableList.of("XEN516") : ImmutableList.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A smaller network comes before a larger one.
        "{\"eth0\": {\"ip\": \"10.0.0.1\", \"netmask\": \"255.0.0.0\"}, \"eth1\": {\"ip\":"
            + " \"10.0.0.2\", \"netmask\": \"255.255.255.0\"}} | bridge=xenbr1",
        "{\"eth0\": {\"aliases\": {\"a\": {\"ip\": \"10.0.0.1\", \"netmask\": \"255.0.0.0\"}}}}"
            + " | bridge=xenbr0",
        "{\"eth0\": {\"route\": [{\"address\": \"10.0.0.0\", \"netmask\": \"255.0.0.0\"}]}}"
            + " | bridge=xenbr0",
        "{\"eth0\": {\"route\": [{\"address\": \"10.0.0.0\", \"netmask\": \"255.0.0.0\","
            + " \"gateway\": \"192.0.2.1\"}]}} | ''",
        "{\"eth0\": {\"ip\": \"10.0.0.1\", \"netmask\": \"0.0.0.0\"}} | bridge=xenbr0",
        "{\"eth0\": {\"ip\": \"10.0.0.1\", \"netmask\": \"255.0.255.0\"}} | ''",
        "{\"eth0\": {\"bridge\": \"br7\"}, \"br7\": {\"type\": \"Bridge\", \"ip\": \"10.0.0.1\","
            + " \"netmask\": \"255.0.0.0\"}} | bridge=br7",
      })
  void theHostsNetworksAreThoseOfAddressesAliasesAndRoutes(String interfaces, String bridge)
      throws IOException {
    guestWithAddress("{\"eth0\": {\"ip\": \"10.0.0.5\"}}");
    hostWithNetwork(interfaces);
    assertThat(bridge()).isEqualTo(bridge);
  }

  @Test
  void aGuestWithoutAnAddressIsOnTheOnlyBridge() throws IOException {
    guestWithAddress("{\"eth0\": {\"bootproto\": \"dhcp\"}}");
    hostWithNetwork("{\"eth0\": {\"bridge\": \"br7\"}, \"br7\": {\"type\": \"Bridge\"}}");
    assertThat(bridge()).isEqualTo("bridge=br7");
  }

  @Test
  void eachFreeInterfaceHasABridgeInTheOrderOfTheirNumbers() throws IOException {
    hostWithNetwork(
        """
        {"bond0": {}, "eth0": {"master": "bond0"}, "eth1": {"master": "bond0"}, "eth10": {},
         "eth2": {}, "lo": {}}""");
    DerivedProfile profile = site.derive(LOADER, GUESTS);
    assertThat(text(profile, "network/bridges")).isEqualTo("[xenbr0, xenbr3, xenbr4]");
    assertThat(text(profile, "network/bridges/xenbr0/netdev")).isEqualTo("bond0");
    assertThat(text(profile, "network/bridges/xenbr3/netdev")).isEqualTo("eth2");
    assertThat(text(profile, "network/bridges/xenbr4/netdev")).isEqualTo("eth10");
    assertThat(text(profile, "network/bridges/xenbr4/vifnum")).isEqualTo("4");
  }

  @Test
  void whatTheHostBridgesItselfIsLeftToIt() throws IOException {
    hostWithNetwork("{\"eth0\": {\"bridge\": \"xenbr0\"}, \"xenbr0\": {\"type\": \"Bridge\"}}");
    assertThat(text(site.derive(LOADER, GUESTS), "network")).isEqualTo("absent");
  }

  @Test
  void aHostWithoutAProfileHasNoNetworks() {
    DerivedProfile profile = site.derive("xen9.example.org", Toolstack.XL, LOADER, GUESTS);
    assertThat(ids(profile.findings())).containsExactly("XEN525", "XEN516");
    assertThat(profile.find("/system/network/hostname").orElseThrow().text()).isEqualTo("xen9");
  }

  @Test
  void theInterfaceThatAGuestBootsFromIsBetterTheFirst() throws IOException {
    site.guest(
        GUEST,
        "\"cards\": {\"nic\": {\"eth0\": {\"hwaddr\": \"00:16:3e:00:00:01\"},"
            + " \"eth1\": {\"boot\": true, \"hwaddr\": \"00:16:3e:00:00:02\"}}}");
    assertThat(sentences(site.derive(Toolstack.XM, GUESTS)))
        .anyMatch(sentence -> sentence.startsWith("XEN522 ") && sentence.contains("to vif[1]"));
  }

  // The host's own profile

  private DerivedProfile over(String component, String... assignments) throws IOException {
    site.profile(
        HOST,
        """
        {"software": {"components": {"other": {"a": 1}, "xen": %s}},
         "system": {"network": {"hostname": "xen1", "domainname": "example.org"}}}"""
            .formatted(component));
    return site.derive(assignments);
  }

  @Test
  void whatIsNotDerivedIsKept() throws IOException {
    DerivedProfile profile =
        over(
            """
            {"active": false, "create_domains": false, "create_filesystems": false,
             "domains": {"byhand": {"auto": false}, "vm1.example.org": {"auto": false}},
             "network": {"vlans": {}, "bridges": {"br5": {}}}}""",
            LOADER,
            GUESTS,
            "XEN_CREATE_FILESYSTEMS=true",
            "XEN_VIF_BRIDGE." + GUEST + ".eth0=br5");
    assertThat(text(profile, "active")).isEqualTo("false");
    assertThat(text(profile, "create_domains")).isEqualTo("false");
    assertThat(text(profile, "create_filesystems")).isEqualTo("true");
    assertThat(text(profile, "domains")).isEqualTo("[byhand, vm1.example.org]");
    assertThat(text(profile, "domains/byhand/auto")).isEqualTo("false");
    assertThat(text(profile, "domains/vm1.example.org/auto")).isEqualTo("true");
    assertThat(text(profile, "network")).isEqualTo("[bridges, vlans]");
    assertThat(text(profile, "network/bridges")).isEqualTo("[br5]");
    assertThat(profile.find("/software/components/other/a")).isPresent();
    assertThat(ids(profile.findings())).containsExactly("XEN523");
  }

  @Test
  void aDomainOfTheHostThatIsAnotherHostsGuestIsAnError() throws IOException {
    DerivedProfile profile =
        over(
            "{\"domains\": {\"vm2\": {}}}",
            LOADER,
            "XEN_DB." + HOST + "=",
            "XEN_DB.xen2.example.org=vm2");
    assertThat(ids(profile.findings())).contains("XEN505");
  }

  @Test
  void aComponentThatIsNoDictIsReplaced() throws IOException {
    assertThat(text(over("5", LOADER, GUESTS), "domains")).isEqualTo("[" + GUEST + "]");
    assertThat(text(over("{\"domains\": [], \"network\": 5}", LOADER, GUESTS), "domains"))
        .isEqualTo("[" + GUEST + "]");
  }

  // Text

  @Test
  void whatIsPrintedIsReadAsWhatItWas() throws IOException {
    DerivedProfile derived = over("{\"x\": [1.50, true, \"a'b\\n\", {}, []]}", LOADER, GUESTS);
    String json = DerivedText.json(derived);
    Profile read =
        new ProfileReader()
            .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "text");
    assertThat(read.find("/").orElseThrow().children().toString())
        .isEqualTo(derived.find("/").orElseThrow().children().toString());
    assertThat(json).contains("1.50").endsWith("}\n");
  }

  @Test
  void nothingInAProfileBecomesAnotherStatementOfPan() throws IOException {
    String pan =
        DerivedText.pan(
            over(
                "{\"x\": \"'; error('no'); #\", \"y\": \"a\\n\\\"; b\\u0007\", \"it's\": 1}",
                LOADER,
                GUESTS));
    assertThat(pan)
        .contains(
            "'/software/components/xen/x' = '''; error(''no''); #';\n",
            "'/software/components/xen/y' = \"a\\n\\\"; b\\x07\";\n",
            "'/software/components/xen/it''s' = 1;\n");
  }

  @Test
  void aHostNameThatIsNoneDoesNotReachTheTemplate() throws IOException {
    site.profile("odd", "{\"system\": {\"network\": {\"hostname\": \"a;\\nb\"}}}");
    Profile odd = new ProfileReader().read(folder.resolve("odd.json"));
    HostVariables variables = new VariablesReader().set("XEN_GUESTS", GUEST).read();
    String pan =
        DerivedText.pan(
            new Derivation(variables, Toolstack.XL)
                .derive(odd, GuestProfiles.in(ImmutableList.of(folder))));
    assertThat(pan).contains("unique template xen/derived/host;\n");
  }

  // Places

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
