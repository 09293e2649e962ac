package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the bridges of a simulated host stand, by the command. */
class BridgeStatusTest {

  @TempDir Path folder;
  private Path profile;

  @BeforeEach
  void aHostWithTwoBridges() throws IOException {
    profile = folder.resolve("profile.json");
    declare("\"xenbr1\": {\"netdev\": \"eth1\"}");
  }

  private void declare(String bridges) throws IOException {
    Files.writeString(
        profile,
        """
        {"software": {"components": {"xen": {"active": true, "dispatch": true, "network": {
          "bridges": {%s}, "vlans": {"dmz": {"netdev": "eth2", "vlan": 20}}}}}}}
        """
            .formatted(bridges));
  }

  private Call run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("--profile", profile.toString(), "--host", "simulated:" + folder.resolve("host")));
    return Call.of(Services.xen(), all.toArray(new String[0]));
  }

  @Test
  void bridgesStandBelowTheGuestsWithWhatIsOnThem() throws IOException {
    assertThat(run("status").out())
        .contains(
            "BRIDGE  PORT     DECLARED  STATE    MEMBERS  TAKES\n",
            "xenbr1  eth1     yes       missing  -        configure\n",
            "dmz     eth2.20  yes       missing  -        configure\n",
            "dmz: configure would create bridge dmz with VLAN 20 of eth2\n");
    assertThat(run("configure").code()).isZero();
    assertThat(run("status").out())
        .contains(
            "BRIDGE  PORT     DECLARED  STATE    MEMBERS  TAKES\n",
            "xenbr1  eth1     yes       managed  eth1     nothing\n",
            "dmz     eth2.20  yes       managed  eth2.20  nothing\n");
    assertThat(run("status", "--format", "nagios").code()).isZero();
    declare("");
    assertThat(run("status").out())
        .contains("xenbr1  eth1     no        managed  eth1     configure\n")
        .contains("xenbr1: configure would remove bridge xenbr1\n");
    Call nagios = run("status", "--format", "nagios");
    assertThat(nagios.code()).isEqualTo(1);
    assertThat(nagios.out()).contains("not as declared: bridge xenbr1");
    assertThat(run("status", "--json").out())
        .contains("\"bridge\" : \"xenbr1\",", "\"declared\" : false,", "\"port\" : \"eth2.20\",");
  }
}
