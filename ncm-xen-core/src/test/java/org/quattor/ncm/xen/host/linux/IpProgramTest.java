package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSetMultimap;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers in the form of iproute2 6.1 that not every kernel of a test can give. */
class IpProgramTest {

  @TempDir Path bin;

  @Test
  void devicesBelowAndRoutesAreReadFromOneAnswer() throws Exception {
    StandIn.script(
        bin,
        "ip",
        """
        #!/bin/sh
        case "$*" in
        '-j -d addr show') cat <<'END'
        [{"ifname":"eth1","addr_info":[]},
         {"ifname":"eth2","master":"bond0","linkinfo":{"info_slave_kind":"bond"},"addr_info":[]},
         {"ifname":"p3","link":"eth3","linkinfo":{"info_kind":"veth"},"addr_info":[]},
         {"link_index":4,"ifname":"eth3","link_netnsid":0,"linkinfo":{"info_kind":"veth"},
          "addr_info":[]},
         {"ifname":"eth1.7","link":"eth1",
          "linkinfo":{"info_kind":"vlan","info_data":{"protocol":"802.1Q","id":7,"flags":[]}},
          "addr_info":[{"family":"inet6","local":"2001:db8::1","prefixlen":64,"scope":"global"}]},
         {"ifname":"gre4","link":"eth3","linkinfo":{"info_kind":"gre","info_data":{}},
          "addr_info":[{"family":"inet6","local":"fe80::1","prefixlen":64,"scope":"link"}]},
         {"ifname":"vx5","linkinfo":{"info_kind":"vxlan","info_data":{"id":1,"link":"eth1"}},
          "addr_info":[]}]
        END
        ;;
        *) cat <<'END'
        [{"type":"unreachable","dst":"default","dev":"lo","metric":4294967295,"flags":[]},
         {"dst":"fe80::/64","dev":"eth1","protocol":"kernel","metric":256,"flags":[]},
         {"dst":"ff00::/8","dev":"eth1","table":"local","protocol":"kernel","flags":[]},
         {"type":"multicast","dst":"ff00::/8","dev":"eth1","table":"local","flags":[]},
         {"type":"unicast","dst":"default","table":"9","nexthops":[{"dev":"gre4"},{"dev":"vx5"}]}]
        END
        ;;
        esac
        """);
    IpProgram.Answer answer =
        new IpProgram(
                new CommandRunner(
                    new SystemPaths(bin, bin, bin, bin + ":" + SystemPaths.SYSTEM.programs()),
                    Duration.ofSeconds(60),
                    line -> {}))
            .ask();
    assertThat(answer.used()).containsExactlyInAnyOrder("eth1.7", "gre4", "vx5");
    assertThat(answer.below())
        .isEqualTo(ImmutableSetMultimap.of("eth1.7", "eth1", "gre4", "eth3", "vx5", "eth1"));
    assertThat(answer.shown()).hasSize(7);
  }
}
