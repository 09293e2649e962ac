package org.quattor.ncm.xen.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.profile.ProfileReader;

/** The example of docs/site-schema.md. In texts {@code '} stands for {@code "}. */
class SiteSchemaTest {

  private static final Schema SITE =
      Schema.read(Path.of(System.getProperty("ncm-xen.checkout"), "docs/examples/site-schema.pan"));

  private static ImmutableList<String> validate(Schema schema, String guest) {
    String text =
        ("{'software': {'components': {'xen': {'domains': {'g': " + guest + "}}}}}")
            .replace('\'', '"');
    Profile profile =
        new ProfileReader()
            .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
    return schema.validate(profile.find("/software/components/xen").orElseThrow(), profile).stream()
        .map(SiteSchemaTest::line)
        .collect(ImmutableList.toImmutableList());
  }

  private static String line(Finding finding) {
    return finding.id()
        + " "
        + finding.path().replace("/software/components/xen/domains/g", "")
        + ": "
        + finding.found();
  }

  @Test
  void furtherFieldsAreAcceptedAndNoted() {
    assertThat(
            validate(
                SITE,
                "{'cost_centre': 'IT', 'options': {'name': 'g', 'memory': 1, 'soundhw': 'hda',"
                    + " 'nics': [{'bridge': 'xenbr0'}]}}"))
        .containsExactly(
            "XEN013 : the field \"cost_centre\" is unknown to ncm-xen, and the site's schema declares it",
            "XEN013 /options: the field \"soundhw\" is unknown to ncm-xen, and the site's schema declares it");
  }

  @Test
  void theExampleLosesNoneOfOurFields() {
    String guest =
        "{%s'options': {'name': 'g', 'memory': 1}, 'auto': true, 'state': 'running',"
            + " 'start_order': 1, 'start_delay': 1, 'shutdown_timeout': 1, 'on_change': 'live',"
            + " 'fetch': [], 'install_options': {'name': 'g', 'memory': 1}}";
    assertThat(validate(Schema.builtIn(), guest.formatted(""))).isEmpty();
    assertThat(validate(SITE, guest.formatted("'cost_centre': 'IT', ")))
        .containsExactly(
            "XEN013 : the field \"cost_centre\" is unknown to ncm-xen, and the site's schema declares it");
  }

  @Test
  void aPatternWithoutAnEndIsNamedWithItsPlace(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("site.pan"),
            """
            declaration template site;
            include 'components/xen/config';
            type code = string with match(SELF, '^a*a*a*a*a*a*c');
            type word = string with match(SELF, '^(?:a|b)*$');
            type options = extensible { 'kernel' : code
              'ramdisk' : code
              'root' : word };
            type guest = extensible { 'options' : options };
            bind '/software/components/xen/domains' = guest{};
            """);
    String endless = "a".repeat(200) + "b";
    assertThat(
            validate(
                Schema.read(file),
                "{'auto': 1, 'options': {'name': 'g', 'memory': 1, 'kernel': '%s', 'ramdisk': '%s',"
                        .formatted(endless, endless)
                    + " 'root': '%s'}}".formatted("ab".repeat(20_000))))
        .anyMatch(line -> line.startsWith("XEN003 /auto: "))
        .anyMatch(
            line ->
                line.startsWith("XEN137 /options/kernel: ")
                    && line.contains("the pattern at " + file + ":3:37 gave no result for \"aaa"))
        .anyMatch(line -> line.startsWith("XEN137 /options/ramdisk: "))
        .anyMatch(
            line -> line.startsWith("XEN137 /options/root: ") && line.contains(file + ":4:37 "));
  }

  @Test
  void theSitesOwnRulesHold() {
    assertThat(
            validate(
                SITE, "{'options': {'name': 'g', 'memory': 1, 'soundhw': 'sb16', 'nics': [{}]}}"))
        .containsExactlyInAnyOrder(
            "XEN001 : the field cost_centre is missing",
            "XEN001 /options/nics/0: the field bridge is missing",
            "XEN005 /options/soundhw: is \"sb16\"",
            "XEN013 /options: the field \"soundhw\" is unknown to ncm-xen, and the site's schema declares it");
  }

  @Test
  void fieldsThatNobodyKnowsAreErrorsOnce() {
    assertThat(
            validate(
                SITE, "{'cost_centre': 'IT', 'colour': 1, 'options': {'name': 'g', 'memory': 1}}"))
        .containsExactly(
            "XEN002 : the field \"colour\" is unknown",
            "XEN013 : the field \"cost_centre\" is unknown to ncm-xen, and the site's schema declares it");
  }

  @Test
  void whatWeRelyOnHoldsUnderALooseSchemaToo(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("loose.pan"),
            "declaration template loose; bind '/software/components/xen' = dict;");
    assertThat(validate(Schema.read(file), "{'options': {'memory': 'much'}, 'x': 1}"))
        .containsExactlyInAnyOrder(
            "XEN013 : the field \"x\" is unknown to ncm-xen, and the site's schema declares it",
            "XEN001 /options: the field name is missing",
            "XEN003 /options/memory: is the string \"much\"");
  }

  @Test
  void aSiteThatIsOnlyStricterBindsBesideOurs(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("strict.pan"),
            """
            declaration template strict;
            include 'components/xen/config';
            type small = extensible { 'memory' : long(..512) };
            type guest = extensible { 'options' : small };
            bind '/software/components/xen/domains' = guest{};
            """);
    assertThat(validate(Schema.read(file), "{'options': {'name': 'g', 'memory': 1024}}"))
        .containsExactly("XEN004 /options/memory: is 1024");
  }

  @Test
  void whatASiteBindsHasToBeThere(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("network.pan"),
            """
            declaration template network;
            include 'components/xen/config';
            bind '/software/components/xen/network' = dict(1..);
            """);
    assertThat(validate(Schema.read(file), "{'options': {'name': 'g', 'memory': 1}}"))
        .containsExactly("XEN001 /software/components/xen/network: is missing");
  }

  @Test
  void theTablesFollowATypeToItsRecords(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tables.pan"),
            """
            declaration template tables;
            type disk = { 'size' : long };
            type disks = disk[];
            type note = { 'text' : string };
            type host = {
              'spare' ? disks
              'owner' ? { 'name' : string }
              'notes' ? note[] with is_component_list(SELF)
            };
            bind '/software/components/xen' = host;
            """);
    assertThat(FieldTables.of(Schema.read(file)).lines().filter(line -> line.startsWith("## ")))
        .containsExactly(
            "## `/software/components/xen`",
            "## `/software/components/xen/spare/*`",
            "## `/software/components/xen/owner`",
            "## `/software/components/xen/notes/*`");
  }

  @Test
  void theFormatsShowTheSitesSchema() {
    assertThat(SITE.pan()).contains("cost_centre");
    assertThat(FieldTables.of(SITE)).contains("`cost_centre` **required**", "Who pays for it.");
    assertThat(SITE.jsonSchema()).contains("\"cost_centre\" : {");
  }
}
