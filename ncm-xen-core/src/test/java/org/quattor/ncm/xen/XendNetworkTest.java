package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quattor.ncm.xen.Networks.TWO;
import static org.quattor.ncm.xen.Networks.done;
import static org.quattor.ncm.xen.Networks.found;
import static org.quattor.ncm.xen.Networks.host;
import static org.quattor.ncm.xen.Networks.profile;
import static org.quattor.ncm.xen.Networks.withKernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.network.NetworkFiles;

/** Bridges by the scripts of xend on their way through the whole component. */
class XendNetworkTest {

  @TempDir Path folder;

  private Scenario xmHost() {
    return host(folder, "xm")
        .with(
            (SimulatedHostSpec bare) ->
                bare.withFacts(
                    new HostFacts(
                        java.util.Set.of(Toolstack.XM), true, true, new XenVersion(3, 4), "xm")))
        .file(NetworkFiles.VENDOR_SCRIPT, "#!/bin/sh\n# the vendor's\n")
        .file("/etc/xen/xend-config.sxp", "(network-script network-bridge)\n");
  }

  @Test
  void xendsScriptsAreStoppedBeforeTheyChangeAndRemovedAtTheEnd() {
    Scenario host = xmHost();
    Map<String, String> before = host.everything();
    Profile one = profile("{'bridges': {'xenbr1': {}}}");
    assertThat(done(host.configure(one)))
        .containsExactly(
            "copy " + NetworkFiles.VENDOR_SCRIPT + " to " + NetworkFiles.VENDOR_COPY,
            "write " + NetworkFiles.VLAN_SCRIPT,
            "write " + NetworkFiles.MULTI_SCRIPT,
            "write /etc/xen/xend-config.sxp",
            "create the bridges xenbr1 with " + NetworkFiles.MULTI_SCRIPT);
    host.assertConverged(one);
    Profile two = profile(TWO);
    assertThat(done(host.configure(two)))
        .containsExactly(
            "write " + NetworkFiles.MULTI_SCRIPT,
            "create the bridges xenbr1, dmz with " + NetworkFiles.MULTI_SCRIPT);
    assertThat(host.host().spec().bridges()).containsExactly("dmz", "xenbr1");
    host.file(NetworkFiles.VENDOR_SCRIPT, "#!/bin/sh\n# the vendor's, updated\n");
    assertThat(done(host.configure(two)))
        .containsExactly("copy " + NetworkFiles.VENDOR_SCRIPT + " to " + NetworkFiles.VENDOR_COPY);
    host.file(NetworkFiles.VENDOR_SCRIPT, "#!/bin/sh\n# the vendor's\n");
    assertThat(host.unconfigure(two).errors()).isZero();
    assertThat(host.everything()).isEqualTo(before);
  }

  @Test
  void withoutTheVendorsScriptNoBridgeIsMade() throws Exception {
    Scenario host = withKernel(xmHost());
    Files.delete(host.path(NetworkFiles.VENDOR_SCRIPT));
    ComponentResult result = host.configure(profile("{'bridges': {'xenbr1': {}}}", "xenbr1"));
    assertThat(found(result))
        .contains("XEN409 " + NetworkFiles.VENDOR_SCRIPT, "XEN405 /domains/vm1/options/vif/0");
    assertThat(done(result)).containsExactly("write /etc/xen/vm1");
    ComponentResult other =
        host.configure(profile("{'backend': 'iproute2', 'bridges': {'xenbr1': {}}}", "xenbr1"));
    assertThat(done(other)).contains("create bridge xenbr1 with eth1", "start domain vm1");
  }
}
