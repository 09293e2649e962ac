package org.quattor.ncm.xen.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.Refused;
import org.quattor.ncm.xen.profile.ProfileReader;

class SchemaTest {

  private static final String XEN = "/software/components/xen";

  private static ImmutableList<Finding> validate(Schema schema, String component) {
    String text = "{'software':{'components':{'xen':" + component + "}}}".replace("\\'", "\u0001");
    Profile profile =
        new ProfileReader()
            .read(new ByteArrayInputStream(text.replace('\'', '"').getBytes(UTF_8)), "test");
    return schema.validate(profile.find(XEN).orElseThrow(), profile);
  }

  private static ImmutableList<Finding> validate(String component) {
    return validate(Schema.builtIn(), component);
  }

  @Test
  void acceptsAProfileThatTheCompilerMade() throws IOException {
    try (InputStream in = ProfileReader.class.getResourceAsStream("xenhost.example.org.json.gz")) {
      Profile profile = new ProfileReader().read(in, "xenhost.example.org.json.gz");
      assertThat(Schema.builtIn().validate(profile.find(XEN).orElseThrow(), profile)).isEmpty();
    }
  }

  @Test
  void allMistakesAreFoundInTheCompilersOrder() {
    ImmutableList<Finding> findings =
        validate(
            """
            {'zzz': 1, 'aaa': 2, 'active': 'yes', 'dispatch': 0,
             'network': 1,
             'domains': {
               'b': {'options': {'memory': 1}, 'auto': 1},
               'a': {'colour': 1, 'options': {'memory': '1', 'name': 1, 'disk': [1, {}]}}}}
            """);
    assertThat(findings)
        .extracting(finding -> finding.id() + " " + finding.path().substring(XEN.length()))
        .containsExactly(
            "XEN002 ",
            "XEN002 ",
            "XEN003 /active",
            "XEN003 /dispatch",
            "XEN002 /domains/a",
            "XEN003 /domains/a/options/memory",
            "XEN003 /domains/a/options/name",
            "XEN003 /domains/a/options/disk/0",
            "XEN001 /domains/a/options/disk/1",
            "XEN001 /domains/a/options/disk/1",
            "XEN001 /domains/a/options/disk/1",
            "XEN001 /domains/b/options",
            "XEN003 /domains/b/auto",
            "XEN003 /network");
    assertThat(findings.get(0).found()).isEqualTo("the field \"aaa\" is unknown");
    assertThat(findings.get(1).found()).isEqualTo("the field \"zzz\" is unknown");
  }

  private static String only(String options) {
    ImmutableList<Finding> findings =
        validate("{'domains':{'vm1':{'options':{'memory':1,'name':'vm1'" + options + "}}}}");
    assertThat(findings).hasSize(1);
    return findings.get(0).sentence().replace(XEN + "/domains/vm1/options", "OPTIONS");
  }

  @Test
  void findingsSayWhereWhatAndWhatToDo() {
    assertThat(only(",'vcpu':2"))
        .isEqualTo("OPTIONS: the field \"vcpu\" is unknown (did you mean vcpus?)");
    assertThat(only(",'vcpus':'2'"))
        .isEqualTo(
            "OPTIONS/vcpus: is the string \"2\"; expected a long, at least 1"
                + " (write 2 without quotes)");
    assertThat(only(",'vcpus':0")).isEqualTo("OPTIONS/vcpus: is 0; expected a long, at least 1");
    assertThat(only(",'maxmem':1.5"))
        .isEqualTo("OPTIONS/maxmem: is the double 1.5; expected a long, at least 1");
    assertThat(only(",'type':'PV'"))
        .isEqualTo("OPTIONS/type: is \"PV\"; expected one of pv, pvh, hvm (did you mean pv?)");
    assertThat(only(",'gateway':'192.0.2.256'"))
        .isEqualTo("OPTIONS/gateway: is \"192.0.2.256\"; expected an IPv4 or IPv6 address");
    assertThat(only(",'extra':'a\\nb'"))
        .isEqualTo(
            "OPTIONS/extra: is \"a\\nb\"; expected text on one line, without control characters");
    assertThat(only(",'vif':'x'"))
        .isEqualTo(
            "OPTIONS/vif: is the string \"x\"; expected a list, each item text on one line,"
                + " without control characters");
    assertThat(only(",'disk':[{'guestdevice':'xvda','rw':'w'}]"))
        .isEqualTo(
            "OPTIONS/disk/0: the field type is missing; expected one of lvm, file, phy"
                + " (set OPTIONS/disk/0/type)");
    assertThat(only(",'vcpus':99999999999999999999"))
        .isEqualTo(
            "OPTIONS/vcpus: is 99999999999999999999; expected a whole number that fits into 64"
                + " bits");
  }

  @Test
  void longValuesAreCutAndControlCharactersEscaped() {
    String sentence = only(",'kernel':'" + "\\u001b[31m\\u202e".repeat(1_000) + "'");
    assertThat(sentence).contains("is \"\\u{1b}[31m\\u{202e}").hasSizeLessThan(600);
    String key = "k\\n\\u001b".repeat(500);
    ImmutableList<Finding> findings = validate("{'domains':{'" + key + "':{}}}");
    assertThat(findings).extracting(Finding::id).containsExactly("XEN011", "XEN001");
    assertThat(findings)
        .allSatisfy(
            finding ->
                assertThat(finding.sentence())
                    .hasSizeLessThan(12_000)
                    .doesNotContain("\n", "\u001b"));
  }

  @Test
  void secretsAreNotShown() {
    assertThat(only(",'vfb':'vncpasswd=hunter2\\n'"))
        .startsWith("OPTIONS/vfb: is a value that is not shown; expected ");
    assertThat(only(",'vncpasswd':'hunter2\\n'")).doesNotContain("hunter2");
  }

  @Test
  void linksAndDependenciesLeadIntoTheSameProfile() {
    assertThat(validate("{'register_change':['/nosuch']}"))
        .extracting(Finding::sentence)
        .containsExactly(
            XEN
                + "/register_change/0: is \"/nosuch\", which does not exist in this profile; expected the"
                + " path of an element of this profile (remove the path, or add the element)");
    assertThat(validate("{'dependencies':{'post':['nosuch', 1]}}"))
        .extracting(Finding::sentence)
        .containsExactly(
            XEN + "/dependencies/post/1: is the long 1; expected a string",
            XEN
                + "/dependencies/post/0: is \"nosuch\", which does not exist under"
                + " /software/components; expected a component of this profile (remove the name, or add the"
                + " component)");
  }

  @Test
  void aFloodOfMistakesEndsWithANote() {
    ImmutableList<Finding> findings =
        validate(
            "{'domains':{'vm1':{'options':{'memory':1,'name':'vm1','vif':["
                + "1,".repeat(20_000)
                + "1]}}}}");
    assertThat(findings).hasSize(10_001);
    assertThat(findings.get(10_000).id()).isEqualTo("XEN012");
  }

  @Test
  void newFieldsAreAccepted() {
    assertThat(
            validate(
                """
                {'domains': {'vm1': {'options': {
                  'name': 'vm1', 'memory': 512, 'maxmem': 1024, 'vcpus': 1, 'maxvcpus': 2,
                  'type': 'pvh', 'uuid': '6b3a7a52-0d1e-4a57-9c2f-3f1f8a1c9d10', 'cmdline': 'ro',
                  'disk': [{'type': 'file', 'path': '/srv/vm 1.img', 'guestdevice': 'xvda',
                    'rw': 'rw', 'image_format': 'qcow2', 'allocation': 'reserved', 'grow': true}]
                }}}}
                """))
        .isEmpty();
  }

  @Test
  void aSiteAddsToOurTypes(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("site.pan"),
            """
            # Our guests are small.
            declaration template site/xen;
            include 'components/xen/config';
            type site_options = extensible { 'memory' : long(..4096) };
            type site_domain = extensible { 'options' : site_options };
            type site_xen = extensible { 'domains' ? site_domain{..2} };
            bind '/software/components/xen' = site_xen;
            """);
    Schema schema = Schema.read(file);
    assertThat(validate(schema, "{'domains':{'vm1':{'options':{'name':'vm1','memory':4096}}}}"))
        .isEmpty();
    assertThat(validate(schema, "{'domains':{'vm1':{'options':{'memory':4097, 'x':1}}}}"))
        .extracting(Finding::id)
        .containsExactly("XEN002", "XEN001", "XEN004");
    assertThat(validate(schema, "{'domains':{'a':{},'b':{},'c':{}}}"))
        .extracting(Finding::sentence)
        .contains(XEN + "/domains: has 3 elements; expected at most 2");
  }

  @Test
  void aSiteMayReplaceOurTypes(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("site.pan"),
            """
            declaration template components/xen/schema;
            include { 'quattor/schema' };
            type my = { include structure_component 'x' : boolean = true 'y' : double(0..1) };
            bind '/software/components/xen' = my;
            """);
    Schema schema = Schema.read(file);
    assertThat(validate(schema, "{'y': 0.5}")).extracting(Finding::id).containsExactly("XEN013");
    assertThat(validate(schema, "{'y': 1.5, 'domains': {}}"))
        .extracting(Finding::id)
        .containsExactly("XEN002", "XEN004", "XEN013");
  }

  @Test
  void aSchemaThatDoesNotBindTheComponentIsRefused(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("site.pan"),
            "declaration template a;\nbind '/software/components/xen/domains' = dict;\n");
    assertThatThrownBy(() -> Schema.read(file))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessage(
            file
                + ": binds no type to /software/components/xen; expected bind, or include"
                + " 'components/xen/config'");
    assertThatThrownBy(() -> Schema.read(dir.resolve("nosuch")))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessage(dir.resolve("nosuch") + ": the file does not exist");
  }

  @Test
  void aTypeThatNobodyDeclaresIsRefused(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("site.pan"),
            "declaration template a;\nbind '/software/components/xen' = nosuch;\n");
    assertThatThrownBy(() -> Schema.read(file))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessage(file + ":2:35: found the type nosuch, which is not declared");
  }

  @Test
  void theComponentIsReadAsItsOwnTypeWhateverElseASiteBinds(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("site.pan"),
            """
            declaration template site;
            bind '/software/components/xen/domains' = dict;
            include 'components/xen/config';
            """);
    Profile text =
        new ProfileReader()
            .read(
                new ByteArrayInputStream(
                    "{\"software\":{\"components\":{\"xen\":{\"active\":\"yes\"}}}}"
                        .getBytes(UTF_8)),
                "test");
    assertThat(Schema.read(file).typed(text).find(XEN + "/active").orElseThrow().asBoolean())
        .isTrue();
    assertThat(Schema.builtIn().pan()).contains("declaration template components/xen/schema;");
  }
}
