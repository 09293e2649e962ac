package org.quattor.ncm.xen.host.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.host.HostFailure;

class StateReaderTest {

  private static final String FORMAT = "\"format\": \"ncm-xen.simulated-host/1\"";

  @Test
  void aFileWithItsFormOnlyIsABareHost() throws HostFailure {
    assertThat(StateReader.read("host.json", "{" + FORMAT + "}"))
        .isEqualTo(SimulatedHostSpec.bare());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | host.json is not JSON: it is empty
          [] | host.json: expected an object
          {} | host.json: expected the field format with ncm-xen.simulated-host/1
          {"format": "x"} | host.json: expected the field format with ncm-xen.simulated-host/1
          {F, "dom0": 1} | host.json: dom0: expected true or false
          {F, "hostName": 1} | host.json: hostName: expected a string
          {F, "xenVersion": "4"} | host.json: xenVersion: expected a version such as 4.17, or an empty string
          {F, "toolstacks": ["xl", "xe"]} | host.json: toolstacks/1: expected one of [xl, xm]
          {F, "volumeGroups": {"vg": {}}} | host.json: volumeGroups/vg: expected an object with sizeBytes
          {F, "volumeGroups": {"vg": {"sizeBytes": 5}}} | host.json contradicts itself: a volume group has whole extents: 5 / 4194304
          {F, "volumeGroups": {"vg": {"sizeBytes": 0, "extentBytes": 0}}} | host.json contradicts itself: a volume group has whole extents: 0 / 0
          {F, "volumes": {"vg/a": {"sizeBytes": 5}}} | host.json contradicts itself: volume vg/a has no volume group
          {F, "volumes": {"vg/a": {"sizeBytes": -1}}} | host.json: volumes/vg/a/sizeBytes: expected a whole number, at least 1
          {F, "users": {"/dev/sdb": "x"}} | host.json: users//dev/sdb: expected an array
          {F, "domains": {"a": {"id": 99999999999}}} | host.json: domains/a/id: expected a domain number, at most 32767
          {F, "domains": {"a": {"id": 1, "activity": "x"}}} | host.json: domains/a/activity: expected one of [running, paused, being built, shut down, crashed, dying]
          {F, "domains": {"a": {"id": 1, "disks": [{"target": "x"}]}}} | host.json: domains/a/disks/0: expected an object with access
          """)
  void whatIsWrongIsSaidWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> StateReader.read("host.json", text.replace("F", FORMAT)))
        .isInstanceOf(HostFailure.class)
        .hasMessage(message);
  }

  @Test
  void aSlipInTheNameOfAFieldIsFound() {
    assertThatThrownBy(() -> StateReader.read("host.json", "{" + FORMAT + ", \"dom\": true}"))
        .hasMessageStartingWith("host.json: dom: expected no such field; those known here are");
  }

  @Test
  void brokenJsonIsSaidWithLineAndColumn() {
    assertThatThrownBy(() -> StateReader.read("host.json", "{\n" + FORMAT + ",\n \"dom0\" tru}"))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("host.json is not JSON: line 3, column ");
    assertThatThrownBy(() -> StateReader.read("host.json", "{" + FORMAT))
        .hasMessageStartingWith("host.json is not JSON: line 1, column ");
    assertThatThrownBy(() -> StateReader.read("host.json", "{" + FORMAT + "} x"))
        .isInstanceOf(HostFailure.class);
    assertThatThrownBy(() -> StateReader.read("host.json", "{" + FORMAT + "," + FORMAT + "}"))
        .hasMessageContaining("Duplicate field 'format'");
  }
}
