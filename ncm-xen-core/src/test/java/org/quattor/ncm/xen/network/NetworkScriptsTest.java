package org.quattor.ncm.xen.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quattor.ncm.xen.model.Bridge;

/** The scripts as texts, and under a shell whose commands are stand-ins that record. */
class NetworkScriptsTest {

  /** The example of the Perl component's reference, in its order. */
  private static final ImmutableList<Bridge> EXAMPLE =
      ImmutableList.of(
          bridge("brpriv", "eth3", "7"),
          bridge("my-xenbr5x", "bond0", "5"),
          bridge("weird", "eth0", "0"),
          bridge("xenbr10", "eth10", "10"),
          bridge("xenbr2", "eth2", "2"),
          vlan("odd", "eth0", 3),
          vlan("odd2", "eth0", 2),
          vlan("vlanbr20", "eth1", 20),
          vlan("vlanbr7", "eth0", 7));

  @TempDir Path temp;

  private static Bridge bridge(String name, String netdev, String vifnum) {
    return new Bridge("", name, netdev, true, vifnum, null);
  }

  private static Bridge vlan(String name, String netdev, int vlan) {
    return new Bridge("", name, netdev, true, "0", vlan);
  }

  private String golden(String name) throws IOException {
    try (var in = NetworkScriptsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void theMultiBridgeScriptIsThatOfThePerlComponent() throws IOException {
    assertThat(XendScripts.multiBridge(EXAMPLE)).isEqualTo(golden("multi-bridge.golden"));
  }

  @Test
  void theMultiBridgeScriptCallsTheVendorsScriptForEachBridge() throws Exception {
    String vendor = record("network-bridge");
    String vlans = record("network-bridge-vlan");
    Path script =
        write(
            "multi",
            XendScripts.multiBridge(EXAMPLE.subList(3, 6))
                .replace("/etc/xen/scripts/network-bridge.ncm-xen", vendor)
                .replace("/etc/xen/scripts/network-bridge-vlan.ncm-xen", vlans));
    assertThat(sh(script, "start")).isZero();
    assertThat(recorded())
        .containsExactly(
            "network-bridge <start> <vifnum=10> <bridge=xenbr10> <netdev=eth10>",
            "network-bridge <start> <vifnum=2> <bridge=xenbr2> <netdev=eth2>",
            "network-bridge-vlan <start> <vlan=3> <bridge=odd> <netdev=eth0>");
    assertThat(sh(script, "sotp")).isEqualTo(1);
  }

  @Test
  void theVlanScriptMakesABridgeThatForwardsAtOnce() throws Exception {
    record("brctl");
    record("vconfig");
    record("ip");
    Path script = write("vlan", XendScripts.vlanBridge());
    assertThat(sh(script, "start", "vlan=20", "bridge=vlanbr20", "netdev=none9")).isZero();
    assertThat(recorded())
        .containsExactly(
            "brctl <addbr> <vlanbr20>",
            "brctl <stp> <vlanbr20> <off>",
            "brctl <setfd> <vlanbr20> <0>",
            "vconfig <add> <none9> <20>",
            "brctl <addif> <vlanbr20> <none9.20>",
            "ip <link> <set> <none9> <up>",
            "ip <link> <set> <none9.20> <up>",
            "ip <link> <set> <vlanbr20> <up>");
    assertThat(sh(script, "stop", "vlan=20", "bridge=vlanbr20", "netdev=none9")).isZero();
    assertThat(recorded()).as("nothing is there to be removed").hasSize(8);
  }

  @Test
  void xendsConfigurationKeepsWhatItNamedBefore() {
    String before =
        """
        # a comment
        (xend-unix-server yes)
        #(network-script network-dummy)
          ( network-script network-bridge)
        (network-script 'network-route eth1')
        (network-script)
        (vif-script vif-bridge)
        """;
    String after = XendScripts.withOurScript(before);
    assertThat(after)
        .isEqualTo(
            """
            # a comment
            (xend-unix-server yes)
            #(network-script network-dummy)
            # replaced by ncm-xen: ( network-script network-bridge)
            (network-script network-bridge.multi-bridge.ncm-xen)
            # replaced by ncm-xen: (network-script 'network-route eth1')
            (network-script)
            (vif-script vif-bridge)
            """);
    assertThat(XendScripts.withOurScript(after)).isEqualTo(after);
    assertThat(XendScripts.namesOurScript(before)).isFalse();
    assertThat(XendScripts.namesOurScript(after)).isTrue();
    assertThat(XendScripts.withoutOurScript(after)).isEqualTo(before.replace("  ( net", "( net"));
    assertThat(XendScripts.withOurScript("(vif-script vif-bridge)"))
        .isEqualTo(
            "(vif-script vif-bridge)\n(network-script network-bridge.multi-bridge.ncm-xen)\n");
  }

  static Stream<String> hostileNames() {
    return Stream.of(
        "a b",
        "a;touch hit",
        "$(touch hit)",
        "`touch hit`",
        "'; touch hit; '",
        "\"; touch hit; \"",
        "a\ntouch hit",
        "a|touch hit",
        "*",
        "-h",
        "\\",
        "$IFS",
        "a'b");
  }

  /** No such name passes the schema; a script would take it for one word all the same. */
  @ParameterizedTest
  @MethodSource("hostileNames")
  void aHostileNameIsOneWord(String name) throws Exception {
    StandInOfIp.put(temp.resolve("bin"), temp.resolve("record"));
    ImmutableList<Bridge> bridges =
        ImmutableList.of(bridge(name, name, name), vlan(name + "v", name, 5));
    Path script = write("iproute2", Iproute2Script.text(bridges));
    assertThat(sh(script, "start")).isEqualTo(1);
    assertThat(sh(script, "status")).isEqualTo(3);
    assertThat(Files.readString(temp.resolve("record"))).contains("<" + name + ">");

    String vendor = record("network-bridge");
    Path multi =
        write(
            "multi",
            XendScripts.multiBridge(bridges.subList(0, 1))
                .replace("/etc/xen/scripts/network-bridge.ncm-xen", vendor));
    assertThat(sh(multi, "start")).isZero();
    assertThat(Files.readString(temp.resolve("record")))
        .endsWith(
            "network-bridge <start> <vifnum=%1$s> <bridge=%1$s> <netdev=%1$s>\n".formatted(name));
    try (Stream<Path> files = Files.walk(temp)) {
      assertThat(files.map(Path::getFileName).map(Path::toString)).doesNotContain("hit");
    }
    assertThat(Path.of("hit")).doesNotExist();
  }

  @Test
  void shellcheckHasNothingToSay() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")), "no shellcheck on this machine");
    Path iproute2 = write("iproute2", Iproute2Script.text(EXAMPLE));
    Path vlan = write("vlan", XendScripts.vlanBridge());
    for (Path script : List.of(iproute2, vlan)) {
      Path said = temp.resolve("said");
      int status =
          new ProcessBuilder("/usr/bin/shellcheck", "-s", "sh", script.toString())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start()
              .waitFor();
      assertThat(Files.readString(said)).isEmpty();
      assertThat(status).isZero();
    }
  }

  @Test
  void theUnitRunsBeforeTheGuestsAreStarted() {
    assertThat(Iproute2Script.unit())
        .contains("Before=xendomains.service", "ExecStart=/bin/sh " + NetworkFiles.SCRIPT);
    assertThat(NetworkFiles.isOurs(Iproute2Script.unit())).isTrue();
    assertThat(NetworkFiles.isOurs(Iproute2Script.text(EXAMPLE))).isTrue();
    assertThat(NetworkFiles.isOurs(XendScripts.multiBridge(EXAMPLE))).isTrue();
    assertThat(NetworkFiles.isOurs("#!/bin/sh\nexit 0\n# Generated by ncm-xen\n")).isFalse();
  }

  /** Puts a program that records its words, and returns where it is. */
  private String record(String name) throws IOException {
    return StandInOfIp.script(
            temp.resolve("bin"),
            name,
            """
            #!/bin/sh
            { printf '%s' ; for word in "$@"; do printf ' <%%s>' "$word"; done; echo; } >>'%s'
            """
                .formatted(name, temp.resolve("record")))
        .toString();
  }

  private List<String> recorded() throws IOException {
    return Files.readAllLines(temp.resolve("record"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text);
  }

  private int sh(Path script, String... words) throws Exception {
    List<String> argv = new ArrayList<>(List.of("sh", script.toString()));
    argv.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(argv).directory(temp.toFile());
    builder.environment().put("PATH", temp.resolve("bin") + ":/usr/bin:/bin");
    return builder
        .redirectError(temp.resolve("messages").toFile())
        .redirectOutput(temp.resolve("output").toFile())
        .start()
        .waitFor();
  }
}
