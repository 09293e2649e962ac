package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.host.linux.RealNetwork.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.NetworkDevice;

/** Whoever dies while real bridges are made leaves what the next run makes good. */
class KilledNetworkTest {

  @TempDir Path temp;
  private final RealNetwork network = new RealNetwork();

  @BeforeEach
  void open() throws Exception {
    network.open(temp);
  }

  @AfterEach
  void close() throws IOException {
    network.close();
  }

  /** Whoever dies at any command that changes something leaves what the next run makes good. */
  @Test
  void aRunThatEndsAtAnyCommandIsMadeGoodByTheNextOne() throws Exception {
    network.script(bridge("xenbr1", "eth1"));
    network.make("xenbr1", "eth1");
    network.script(bridge("xenbr1", "eth2"));
    network.make("xenbr1", "eth2");
    SortedMap<String, NetworkDevice> undisturbed = network.devices();
    SortedMap<String, NetworkDevice> empty = null;
    int deaths = 0;
    for (String when : new String[] {"before", "after"}) {
      boolean died = true;
      for (int step = 1; died; step++) {
        live();
        network.remove("xenbr1");
        empty = empty == null ? network.devices() : empty;
        assertThat(network.devices()).isEqualTo(empty);
        dieAt(step, when);
        died = dies(this::makeAndChange);
        deaths += died ? 1 : 0;
        live();
        makeAndChange();
        assertThat(network.devices()).as(when + " " + step).isEqualTo(undisturbed);
        dieAt(step, when);
        died |= dies(() -> network.remove("xenbr1"));
        assertThat(network.dom0().run("ip -o addr show dev eth0")).contains("10.99.0.2/24");
      }
    }
    assertThat(deaths).isGreaterThan(12);
  }

  private interface Work {
    void run() throws Exception;
  }

  private void makeAndChange() throws Exception {
    network.script(bridge("xenbr1", "eth1"));
    network.make("xenbr1", "eth1");
    network.script(bridge("xenbr1", "eth2"));
    network.make("xenbr1", "eth2");
  }

  private static boolean dies(Work work) throws Exception {
    try {
      work.run();
      return false;
    } catch (HostFailure e) {
      assertThat(e).hasMessageContaining("exit status 137");
      return true;
    }
  }

  private void live() throws Exception {
    StandIn.script(
        temp.resolve("bin"), "ip", "#!/bin/sh\nexec " + network.dom0().ip() + " \"$@\"\n");
  }

  private void dieAt(int step, String when) throws Exception {
    Path counter = Files.writeString(temp.resolve("counter"), "0\n");
    StandIn.script(
        temp.resolve("bin"),
        "ip",
        """
        #!/bin/sh
        case "$1 $2" in
        'link add' | 'link set' | 'link del')
            read -r count <'%1$s'
            count=$((count + 1))
            echo "$count" >'%1$s'
            if [ "$count" = %2$d ]; then
                [ %3$s = before ] || %4$s "$@"
                kill -9 "$PPID"
                exit 1
            fi
            ;;
        esac
        exec %4$s "$@"
        """
            .formatted(counter, step, when, network.dom0().ip()));
  }
}
