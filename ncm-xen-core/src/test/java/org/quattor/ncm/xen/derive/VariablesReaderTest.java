package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.tree.DefaultExpressionEngine;
import org.apache.commons.configuration2.tree.DefaultExpressionEngineSymbols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.Refused;

/** Files of variables in their two kinds, and configurations of a caller. */
class VariablesReaderTest {

  private static final String PROPERTIES =
      """
      # comments stand on lines of their own
      XEN_VG = vg7
      XEN_RAM = 2048
      XEN_CREATE_DOMAINS = false
      XEN_GUESTS = vm1.example.org
      XEN_DB.xen1.example.org = vm1.example.org, vm2.example.org
      XEN_DB.xen2.example.org = vm3.example.org
      XEN_DB.xen3.example.org =
      XEN_BOOTARGS.vm1.example.org = a, b
      XEN_VIF_BRIDGE.vm1.example.org.eth0 = xenbr1
      XEN_NETWORK_BRIDGES.xenbr1.netdev = eth1
      XEN_NETWORK_BRIDGES.xenbr1.vifnum = 1
      XEN_GUESTS_MACHINE_DB.vm1.example.org.ram_size = 512
      XEN_GUESTS_MACHINE_DB.vm1.example.org.harddisks.xvda.capacity = 4096
      XEN_GUESTS_MACHINE_DB.vm1.example.org.nic.eth0.hwaddr = 00:16:3e:00:00:01
      """;

  private static final String JSON =
      """
      {"XEN_VG": "vg7", "XEN_RAM": 2048, "XEN_CREATE_DOMAINS": false,
       "XEN_GUESTS": ["vm1.example.org"],
       "XEN_DB": {"xen1.example.org": ["vm1.example.org", "vm2.example.org"],
                  "xen2.example.org": ["vm3.example.org"], "xen3.example.org": []},
       "XEN_BOOTARGS": {"vm1.example.org": "a, b"},
       "XEN_VIF_BRIDGE": {"vm1.example.org": {"eth0": "xenbr1"}},
       "XEN_NETWORK_BRIDGES": {"xenbr1": {"netdev": "eth1", "vifnum": 1}},
       "XEN_GUESTS_MACHINE_DB": {"vm1.example.org": {"ram_size": 512,
         "harddisks": {"xvda": {"capacity": 4096, "interface": "scsi"}},
         "nic": {"eth0": {"hwaddr": "00:16:3e:00:00:01", "boot": true}}}}}
      """;

  @TempDir Path folder;

  private HostVariables read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("vars"), text);
    return new VariablesReader().file(file).read();
  }

  @Test
  void theTwoKindsOfFilesSayTheSame() throws IOException {
    HostVariables variables = read(PROPERTIES);

    assertThat(variables.findings()).isEmpty();
    assertThat(variables.guests()).containsExactly("vm1.example.org");
    assertThat(variables.database())
        .containsEntry("xen2.example.org", ImmutableList.of("vm3.example.org"))
        .containsEntry("xen3.example.org", ImmutableList.of());
    assertThat(variables.bootargs()).containsEntry("vm1.example.org", "a, b");
    assertThat(variables.ramMib()).isEqualTo(2048);
    assertThat(read(JSON)).isEqualTo(variables);
    assertThat(read("\uFEFF" + JSON)).isEqualTo(variables);
  }

  @Test
  void whatComesLaterTakesThePlaceOfTheEarlier() throws IOException {
    Path file = Files.writeString(folder.resolve("vars"), PROPERTIES);
    HostVariables variables =
        new VariablesReader()
            .file(file)
            .file(Files.writeString(folder.resolve("more"), "XEN_DB.xen2.example.org = vm9\n"))
            .set("XEN_VG", "vg9")
            .read();
    assertThat(variables.volumeGroup()).isEqualTo("vg9");
    assertThat(variables.database().get("xen2.example.org")).containsExactly("vm9");
    assertThat(variables.database().get("xen1.example.org")).hasSize(2);
    assertThat(variables.sources())
        .containsEntry("XEN_VG", "--set")
        .containsEntry("XEN_DB", "more")
        .containsEntry("XEN_RAM", "vars");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XEN_BOOTARG_DEFAULT = ${env:HOME} ${sys:user.name} ${XEN_VG} ${script:javascript:1}\n",
        "{\"XEN_BOOTARG_DEFAULT\":"
            + " \"${env:HOME} ${sys:user.name} ${XEN_VG} ${script:javascript:1}\"}",
      })
  void textIsNotInterpolated(String text) throws IOException {
    assertThat(read(text).bootargsDefault())
        .isEqualTo("${env:HOME} ${sys:user.name} ${XEN_VG} ${script:javascript:1}");
  }

  @Test
  void nothingIsIncluded() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "XEN_VG = stolen\n");
    HostVariables variables = read("include = " + other + "\nincludeoptional = " + other + "\n");
    assertThat(variables.volumeGroup()).isEqualTo("vg01");
    assertThat(variables.findings())
        .extracting(Finding::path)
        .containsExactlyInAnyOrder("vars:include", "vars:includeoptional");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"XEN_RAM\": | ends in the middle",
        "{\"XEN_RAM\": null} | found null",
        "<v><XEN_RAM> | is XML; expected variables as properties or JSON",
        "XEN_VG = \\u00zz | cannot be understood",
      })
  void aBrokenFileIsNoSetOfVariables(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessageContaining(folder.resolve("vars").toString())
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsMissingAFolderOrNoTextIsSaid() throws IOException {
    VariablesReader reader = new VariablesReader();
    assertThatThrownBy(() -> reader.file(folder.resolve("no")))
        .hasMessage(
            folder.resolve("no") + " does not exist; expected variables as properties or JSON");
    assertThatThrownBy(() -> reader.file(folder)).hasMessageContaining("is a directory");
    Path latin =
        Files.write(folder.resolve("l"), "XEN_VG=\u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> reader.file(latin)).hasMessageContaining("is not text in UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"XEN_RAM\": \"2048\"} | XEN_RAM: is the string \"2048\"; expected a whole number of MiB, at"
            + " least 1 (write it without quotes)",
        "{\"XEN_RAM\": 2048.0} | XEN_RAM: is the double 2048.0; expected a whole number of MiB,"
            + " at least 1",
        "{\"XEN_DOM0_MEM\": 400} | XEN_DOM0_MEM: is the long 400; expected memory with a unit,"
            + " such as 400M or 2G,max:2G, in the form of dom0_mem",
        "{\"XEN_CREATE_DOMAINS\": \"true\"} | XEN_CREATE_DOMAINS: is the string \"true\"; expected true"
            + " or false (write it without quotes)",
        "{\"XEN_NETWORK_BRIDGES\": {\"xenbr0\": {\"netdve\": \"eth0\"}}} |"
            + " XEN_NETWORK_BRIDGES/xenbr0: has the unknown field \"netdve\"; expected a dict of"
            + " netdev, vifnum (did you mean netdev?)",
        "{\"XEN_VG\": [\"vg1\"]} | XEN_VG: is a list; expected a name of letters, digits and _ . +"
            + " -, beginning with a letter, a digit or _",
        "XEN_VG = a@XEN_VG = b | XEN_VG: is a list; expected a name of letters, digits and _ . + -,"
            + " beginning with a letter, a digit or _",
      })
  void typesOfJsonCount(String text, String sentence) throws IOException {
    assertThat(read(text.replace('@', '\n')).findings())
        .extracting(Finding::sentence)
        .containsExactly("vars:" + sentence);
  }

  @Test
  void aListOfJsonIsAList() throws IOException {
    assertThat(read("{\"XEN_GUESTS\": \"vm1\"}").findings())
        .extracting(Finding::sentence)
        .singleElement()
        .asString()
        .startsWith("vars:XEN_GUESTS: is \"vm1\"; expected a list, each item a name");
  }

  @Test
  void aListMayBeWrittenLineByLine() throws IOException {
    assertThat(read("XEN_GUESTS = vm1\nXEN_GUESTS = vm2, vm3\n").guests())
        .containsExactly("vm1", "vm2", "vm3");
  }

  @Test
  void propertiesHaveTheEscapesOfJava() throws IOException {
    assertThat(read("XEN_BOOTARG_DEFAULT: a\\u0062c\\\\d \\\n  e\n").bootargsDefault())
        .isEqualTo("abc\\d e");
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertThat(read("")).isEqualTo(new VariablesReader().read());
    assertThat(read("\n# nothing\n").sources()).isEmpty();
  }

  @Test
  void aConfigurationOfTheCallerHasNeitherTypesNorListsOfOne() {
    BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
    configuration.setExpressionEngine(
        new DefaultExpressionEngine(
            new DefaultExpressionEngineSymbols.Builder(
                    DefaultExpressionEngineSymbols.DEFAULT_SYMBOLS)
                .setPropertyDelimiter("/")
                .setEscapedDelimiter("//")
                .create()));
    configuration.addProperty("XEN_RAM", "2048");
    configuration.addProperty("XEN_CREATE_DOMAINS", false);
    configuration.addProperty("XEN_DB/xen1.example.org", "vm1");
    configuration.addProperty("XEN_BOOTLOADER/vm1", "${env:HOME}");

    HostVariables variables =
        new VariablesReader().configuration(configuration, "the runner").read();

    assertThat(variables.findings()).isEmpty();
    assertThat(variables.ramMib()).isEqualTo(2048);
    assertThat(variables.createDomains()).isFalse();
    assertThat(variables.database())
        .isEqualTo(ImmutableMap.of("xen1.example.org", ImmutableList.of("vm1")));
    assertThat(variables.bootloaders()).containsEntry("vm1", "${env:HOME}");
  }
}
