package org.quattor.ncm.xen.host.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.XenVersion;

/** What every {@link XenHost} says of itself. */
public abstract class HostFactsContract {

  /** Returns a host on which the facts hold. */
  protected abstract XenHost hostWith(HostFacts facts) throws Exception;

  private void tells(HostFacts facts) throws Exception {
    XenHost host = hostWith(facts);
    assertThat(host.facts()).isEqualTo(facts);
    assertThat(host.commands()).isZero();
  }

  @Test
  void aHostOfToday() throws Exception {
    tells(
        new HostFacts(
            Set.of(Toolstack.XL), false, true, new XenVersion(4, 17), "dom0.example.org"));
  }

  @Test
  void aHostWithXend() throws Exception {
    tells(
        new HostFacts(
            Set.of(Toolstack.XM, Toolstack.XL), true, true, new XenVersion(4, 1), "dom0"));
  }

  @Test
  void aHostBeforeItsFirstBootOnXen() throws Exception {
    tells(new HostFacts(Set.of(Toolstack.XL), false, false, null, "dom0.example.org"));
  }

  @Test
  void aHostWithoutAnyToolstack() throws Exception {
    tells(new HostFacts(Set.of(), false, false, null, "plain.example.org"));
  }
}
