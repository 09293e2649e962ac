package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.derive.Site.GUEST;
import static org.quattor.ncm.xen.derive.Site.GUESTS;
import static org.quattor.ncm.xen.derive.Site.HOST;
import static org.quattor.ncm.xen.derive.Site.LOADER;
import static org.quattor.ncm.xen.derive.Site.options;
import static org.quattor.ncm.xen.derive.Site.sentences;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.host.Toolstack;

/** What a guest gets from the hardware in its own profile. */
class DerivedHardwareTest {

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void makeSite() throws IOException {
    site = new Site(folder);
  }

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
        "'\"ram\": [{\"size\": \"2048\"}]' | XEN511 | is the string \"2048\"; expected a whole number",
        "'\"ram\": [{\"size\": -1}]' | XEN511 | is the long -1; expected a whole number",
        "'\"ram\": [{\"size\": {}}]' | XEN511 | is a dict; expected a whole number",
        "'\"cpu\": []' | XEN513 | the guest has no CPU",
        "'\"cpu\": 5' | XEN513 | the guest has no CPU",
        "'\"harddisks\": {}' | XEN514 | the guest has no disk",
        "'\"harddisks\": {\"xvda\": {}}' | XEN511 | the disk has no capacity",
        "'\"harddisks\": {\"xvda\": {\"capacity\": 20}}' | XEN515 | a capacity of 20 MiB",
        "'\"harddisks\": {\"sda\": {\"capacity\": 9999}}' | XEN517 | is called sda; expected xvda",
        "'\"cards\": {\"nic\": {\"eth0\": {}}}' | XEN510 | the network interface has no MAC",
        "'\"cards\": {\"nic\": {\"eth0\": {\"hwaddr\": \"0:1\"}}}' | XEN510 | is \"0:1\"; expected",
        "'\"cpu\": [{\"arch\": \"i686\"}]' | XEN518 | cannot run as a paravirtual 32-bit guest (i686)",
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
    "x86_64, x86_64, 2.6.9-55.EL, XM, XEN520, C6",
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

  @Test
  void theInterfaceThatAGuestBootsFromIsBetterTheFirst() throws IOException {
    site.guest(
        GUEST,
        "\"cards\": {\"nic\": {\"eth0\": {\"hwaddr\": \"00:16:3e:00:00:01\"},"
            + " \"eth1\": {\"boot\": true, \"hwaddr\": \"00:16:3e:00:00:02\"}}}");
    assertThat(sentences(site.derive(Toolstack.XM, GUESTS)))
        .anyMatch(sentence -> sentence.startsWith("XEN522 ") && sentence.contains("to vif[1]"));
  }
}
