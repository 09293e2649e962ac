package org.quattor.ncm.xen.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
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

/** An embedding caller's configuration as a profile. */
class ConfigurationTest {

  private static Profile read(String json) {
    return new ProfileReader().read(new ByteArrayInputStream(json.getBytes(UTF_8)), "test");
  }

  private static String json(Profile profile) {
    return PanProfileWriter.json(profile.find("/").orElseThrow());
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
    assertThat(read("{\"a\":\"" + text + "\"}").find("/a").orElseThrow().text()).isEqualTo(text);
    BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
    configuration.addProperty("a", text);
    configuration.addProperty("b.c", text);
    Profile profile = ConfigurationProfile.of(configuration, "x");
    assertThat(profile.find("/a").orElseThrow().text()).isEqualTo(text);
    assertThat(profile.find("/b/c").orElseThrow().text()).isEqualTo(text);
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
