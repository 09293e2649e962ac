package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.derive.Site.GUEST;
import static org.quattor.ncm.xen.derive.Site.GUESTS;
import static org.quattor.ncm.xen.derive.Site.HOST;
import static org.quattor.ncm.xen.derive.Site.LOADER;
import static org.quattor.ncm.xen.derive.Site.ids;
import static org.quattor.ncm.xen.derive.Site.text;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.profile.ProfileReader;

/** What is kept of the host's own profile, and the text of the result. */
class DerivedProfileTest {

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void makeSite() throws IOException {
    site = new Site(folder);
  }

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
}
