package org.quattor.ncm.xen.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;

/** Every type of disk that the schema has is read. */
class DiskTypesTest {

  private static final Pattern TYPES = Pattern.compile("'type' : choice\\('lvm'(.*?)\\)");

  static Stream<String> types() throws IOException {
    Path schema =
        Path.of(System.getProperty("ncm-xen.checkout"), "schema/components/xen/schema.pan");
    Matcher types = TYPES.matcher(Files.readString(schema));
    assertThat(types.find()).isTrue();
    return Splitter.on(Pattern.compile("[', ]+"))
        .omitEmptyStrings()
        .splitToStream("lvm" + types.group(1));
  }

  @ParameterizedTest
  @MethodSource("types")
  void aDiskOfEachTypeBecomesARecord(String type) {
    Profile profile =
        Scenario.domains(
            """
            {"g": {"options": {"name": "g", "memory": 1, "disk": [{"type": "%s",
             "hostdevice": "vg0", "hostvol": "g", "path": "/srv/g", "guestdevice": "xvda",
             "rw": "w"}]}}}
            """
                .formatted(type));

    ModelReader.Observed reading =
        ModelReader.read(profile.find("/software/components/xen").orElseThrow());

    assertThat(reading.findings()).isEmpty();
    assertThat(reading.configuration().guests().get("g").options().allDisks()).hasSize(1);
  }
}
