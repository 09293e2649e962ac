package org.quattor.ncm.xen.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.ConfigurationUtils;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ImmutableHierarchicalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;

/** A profile as a configuration, and a configuration as a profile. */
class ConfigurationTest {

  private static Profile read(String json) {
    return new ProfileReader().read(new ByteArrayInputStream(json.getBytes(UTF_8)), "test");
  }

  private static Profile allTypes() {
    InputStream in = ConfigurationTest.class.getResourceAsStream("all-types.json");
    return new ProfileReader().read(in, "all-types.json");
  }

  private static String json(Profile profile) {
    return PanProfileWriter.json(profile.find("/").orElseThrow());
  }

  @Test
  void aConfigurationAnswersToPanPaths() {
    ImmutableHierarchicalConfiguration configuration =
        PanConfiguration.of(
            read("{\"software\":{\"vm1.example.org\":{\"vif\":[\"a\",\"b\"],\"memory\":512}}}"));
    assertThat(configuration.getString("/software/vm1.example.org/vif/1")).isEqualTo("b");
    assertThat(configuration.getLong("/software/vm1.example.org/memory")).isEqualTo(512);
    assertThat(configuration.getString("/software/vm1.example.org/nosuch")).isNull();
    assertThat(configuration.immutableConfigurationAt("/software/vm1.example.org").getInt("memory"))
        .isEqualTo(512);
    assertThat(configuration.immutableSubset("/nosuch").isEmpty()).isTrue();
    assertThat(configuration.getKeys())
        .toIterable()
        .contains("/software/vm1.example.org/memory", "/software/vm1.example.org/vif/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${file:UTF-8:/etc/hostname}",
        "${env:PATH}",
        "${sys:user.name}",
        "${script:javascript:1+1}",
        "${/a}",
        "a,b"
      })
  void nothingInAProfileIsInterpolatedOrSplit(String text) {
    Profile profile = read("{\"a\":\"" + text + "\",\"b\":{\"c\":\"" + text + "\"}}");
    ImmutableHierarchicalConfiguration configuration = PanConfiguration.of(profile);
    assertThat(configuration.getString("/a")).isEqualTo(text);
    assertThat(configuration.immutableConfigurationAt("/b").getString("c")).isEqualTo(text);
    assertThat(configuration.immutableSubset("/b").getString("c")).isEqualTo(text);
    assertThat(configuration.immutableChildConfigurationsAt("/b").get(0).getString(""))
        .isEqualTo(text);
    assertThat(configuration.immutableConfigurationsAt("/b").get(0).getString("c")).isEqualTo(text);
    assertThat(profile.find("/a").orElseThrow().text()).isEqualTo(text);
    BaseHierarchicalConfiguration foreign = new BaseHierarchicalConfiguration();
    foreign.addProperty("a", text);
    assertThat(ConfigurationProfile.of(foreign, "x").find("/a").orElseThrow().text())
        .isEqualTo(text);
  }

  @Test
  void aProfileSurvivesBeingAConfiguration() {
    Profile profile = allTypes();
    ImmutableHierarchicalConfiguration configuration = PanConfiguration.of(profile);
    assertThat(json(ConfigurationProfile.of(configuration, "x"))).isEqualTo(json(profile));
  }

  @Test
  void aViewOfAConfigurationGivesTheSameProfile() {
    Profile profile = allTypes();
    ImmutableHierarchicalConfiguration view =
        ConfigurationUtils.unmodifiableConfiguration(
            (HierarchicalConfiguration<?>) PanConfiguration.of(profile));
    assertThat(json(ConfigurationProfile.of(view, "x"))).isEqualTo(json(profile));
  }

  @Test
  void anybodysProfileBecomesAConfiguration() {
    Profile profile = allTypes();
    Profile foreign =
        new Profile() {
          @Override
          public java.util.Optional<Element> find(String path) {
            return profile.find(path).map(ForeignElement::new);
          }

          @Override
          public String source() {
            return "foreign";
          }
        };
    ImmutableHierarchicalConfiguration configuration = PanConfiguration.of(foreign);
    assertThat(json(ConfigurationProfile.of(configuration, "x"))).isEqualTo(json(profile));
  }

  /** An element that this package did not make. */
  private record ForeignElement(Element element) implements Element {
    @Override
    public String path() {
      return element.path();
    }

    @Override
    public String name() {
      return element.name();
    }

    @Override
    public Type type() {
      return element.type();
    }

    @Override
    public String text() {
      return element.text();
    }

    @Override
    public java.util.List<Element> children() {
      return java.util.List.copyOf(element.children());
    }

    @Override
    public java.util.Optional<Element> child(String name) {
      return element.child(name);
    }
  }

  @Test
  void typesOfAnEmbeddersConfigurationComeFromItsValues() {
    BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
    configuration.addProperty("xen.memory", 512);
    configuration.addProperty("xen.share", 1.5f);
    configuration.addProperty("xen.auto", true);
    configuration.addProperty("xen.name", new StringBuilder("vm1"));
    configuration.addProperty("xen.vif", "a");
    configuration.addProperty("xen.vif", "b");
    configuration.addProperty("xen.disk.size", 1L);
    configuration.addProperty("xen.disk(-1).size", 2L);
    Profile profile = ConfigurationProfile.of(configuration, "embedded");
    assertThat(json(profile))
        .isEqualTo(
            """
            {
              "xen": {
                "auto": true,
                "disk": [
                  {
                    "size": 1
                  },
                  {
                    "size": 2
                  }
                ],
                "memory": 512,
                "name": "vm1",
                "share": 1.5,
                "vif": [
                  "a",
                  "b"
                ]
              }
            }""");
    assertThat(profile.source()).isEqualTo("embedded");
    configuration.clear();
    assertThat(profile.find("/xen/memory")).isPresent();
    Iterator<Element> items = profile.find("/xen/vif").orElseThrow().children().iterator();
    assertThat(items.next().path()).isEqualTo("/xen/vif/0");
  }

  @Test
  void aViewOfAnEmbeddersConfigurationIsReadThroughItsInterface() {
    BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
    configuration.addProperty("xen.memory", 512);
    configuration.addProperty("xen.vif", "a");
    configuration.addProperty("xen.vif", "${sys:user.name}");
    ImmutableHierarchicalConfiguration view =
        ConfigurationUtils.unmodifiableConfiguration((HierarchicalConfiguration<?>) configuration);
    Profile profile = ConfigurationProfile.of(view, "embedded");
    assertThat(profile.find("/xen/memory").orElseThrow().asLong()).isEqualTo(512);
    assertThat(profile.find("/xen/vif/1").orElseThrow().text()).isEqualTo("${sys:user.name}");
  }
}
