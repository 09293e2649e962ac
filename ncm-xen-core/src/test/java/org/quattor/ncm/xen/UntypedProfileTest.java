package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.ConfigurationUtils;
import org.apache.commons.configuration2.PropertiesConfiguration;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.profile.ConfigurationProfile;
import org.quattor.ncm.xen.profile.PanProfileWriter;
import org.quattor.ncm.xen.profile.ProfileReader;
import org.quattor.ncm.xen.schema.Schema;

/** Configurations of any kind as profiles, whatever they know of types. */
class UntypedProfileTest {

  private static final String COMPONENT = "/software/components/xen";

  @TempDir private Path folder;

  /** A configuration as XML or properties would leave it: text only, and lists by repetition. */
  private static Profile textOnly(Profile profile) {
    BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
    for (Element child : profile.find("/").orElseThrow().children()) {
      configuration.addNodes("", List.of(named(child, child.name()).create()));
    }
    return ConfigurationProfile.of(configuration, "text only");
  }

  private static ImmutableNode.Builder named(Element element, String name) {
    ImmutableNode.Builder node = new ImmutableNode.Builder().name(name);
    if (element.type().isProperty()) {
      return node.value(element.text());
    }
    for (Element child : element.children()) {
      if (child.type() == Element.Type.LIST) {
        child.children().forEach(item -> node.addChild(named(item, child.name()).create()));
      } else {
        node.addChild(named(child, child.name()).create());
      }
    }
    return node;
  }

  private static String component(Profile profile) {
    return PanProfileWriter.json(profile.find(COMPONENT).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first-host",
        "guest-gone",
        "one-guest-without-volume",
        "perl-takeover",
        "xm-host"
      })
  void aConfigurationOfTextOnlyIsReadAsTheSchemaDeclares(String fixture) {
    Profile typed =
        new ProfileReader()
            .read(
                Path.of(
                    System.getProperty("ncm-xen.checkout"),
                    "test-profiles",
                    fixture,
                    "profile.json"));
    Profile untyped = textOnly(typed);
    assertThat(untyped.typed()).isFalse();
    assertThat(component(untyped)).isNotEqualTo(component(typed));
    Profile declared = Schema.builtIn().typed(untyped);
    assertThat(component(declared)).isEqualTo(component(typed));
    Scenario scenario = new Scenario(folder);
    assertThat(scenario.plan(untyped).profileDigest())
        .isEqualTo(scenario.plan(typed).profileDigest());
  }

  @Test
  void anXmlConfigurationIsAProfile() throws ConfigurationException {
    XMLConfiguration xml = new XMLConfiguration();
    new FileHandler(xml)
        .load(
            new StringReader(
                """
                <host>
                  <software><components><xen>
                    <active>yes</active>
                    <dispatch>true</dispatch>
                    <create_domains>off</create_domains>
                    <domains>
                      <web>
                        <auto>true</auto>
                        <options>
                          <memory> 512 </memory>
                          <bootloader>pygrub</bootloader>
                          <name>web</name>
                          <disk>
                            <type>file</type>
                            <path>/srv/xen/${sys:user.name}.img</path>
                            <guestdevice>xvda</guestdevice>
                            <rw>w</rw>
                            <size>16</size>
                          </disk>
                          <vif/>
                        </options>
                      </web>
                    </domains>
                  </xen></components></software>
                </host>
                """));
    Profile profile = Schema.builtIn().typed(ConfigurationProfile.of(xml, "xen.xml"));
    Element options = profile.find(COMPONENT + "/domains/web/options").orElseThrow();
    assertThat(options.child("memory").orElseThrow().asLong()).isEqualTo(512);
    assertThat(options.child("vif").orElseThrow().type()).isEqualTo(Element.Type.LIST);
    Element disk = profile.find(COMPONENT + "/domains/web/options/disk/0").orElseThrow();
    assertThat(disk.path()).isEqualTo(COMPONENT + "/domains/web/options/disk/0");
    assertThat(disk.child("path").orElseThrow().text()).isEqualTo("/srv/xen/${sys:user.name}.img");
    assertThat(profile.find(COMPONENT + "/create_domains").orElseThrow().asBoolean()).isFalse();
    assertThat(new Scenario(folder).plan(ConfigurationProfile.of(xml, "xen.xml")).applicable())
        .isTrue();
  }

  @Test
  void aValueThatCannotBeReadAsDeclaredIsAFinding() throws ConfigurationException {
    PropertiesConfiguration properties = new PropertiesConfiguration();
    new FileHandler(properties)
        .load(
            new StringReader(
                """
                software.components.xen.active = maybe
                software.components.xen.dispatch = true
                software.components.xen.domains.web.auto = 1
                software.components.xen.domains.web.options.memory = half
                software.components.xen.domains.web.options.name.first = web
                """));
    Profile profile =
        ConfigurationProfile.of(
            ConfigurationUtils.convertToHierarchical(properties), "xen.properties");
    assertThat(new Scenario(folder).plan(profile).findings())
        .extracting(finding -> finding.path() + ": " + finding.found())
        .containsExactly(
            "/software/components/xen/active: is the string \"maybe\"",
            "/software/components/xen/domains/web/options/memory: is the string \"half\"",
            "/software/components/xen/domains/web/options/name: is a dict");
  }
}
