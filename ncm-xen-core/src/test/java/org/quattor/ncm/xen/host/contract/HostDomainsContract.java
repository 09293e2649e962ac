package org.quattor.ncm.xen.host.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.DomainTransfer.Kind;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;

/** What every {@link HostDomains} keeps to; no domain but the host itself runs at first. */
public abstract class HostDomainsContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String UUID = "6ca04c19-25fe-408f-bb87-502d140a7260";

  /** Returns the host, which has {@code xl}. */
  protected abstract XenHost host() throws HostFailure;

  /** Makes a domain that was started look as it does while its bootloader runs. */
  protected abstract void setBack(String name) throws Exception;

  /** Lets a process of the toolstack move a domain. */
  protected abstract void move(DomainTransfer transfer) throws Exception;

  @BeforeEach
  void writeTheGuestFiles() throws HostFailure {
    host().files().makeFolder("/etc/xen", 0755);
    for (String name : new String[] {"vm1", "vm2"}) {
      String text = "name = \"" + name + "\"\nuuid = \"" + UUID + "\"\nmemory = 128\n";
      host().files().write("/etc/xen/" + name, text.getBytes(UTF_8), 0600);
    }
  }

  private HostDomains domains() throws HostFailure {
    return host().domains(Toolstack.XL);
  }

  @Test
  void theHostItselfIsListed() throws HostFailure {
    assertThat(domains().list()).containsExactly(new DomainState("Domain-0", 0, Activity.RUNNING));
    assertThat(domains().configurations()).isEmpty();
    assertThat(domains().watched()).isEmpty();
    assertThat(domains().transfers()).isEmpty();
  }

  @Test
  void whatMovesIsToldWithoutACommand() throws Exception {
    domains().start("/etc/xen/vm1");
    int before = host().commands();
    DomainTransfer save = new DomainTransfer(Kind.SAVE, "vm1");
    DomainTransfer receive = new DomainTransfer(Kind.RECEIVE, "");
    move(save);
    move(receive);

    assertThat(domains().transfers()).contains(save, receive);
    assertThat(domains().watched()).containsExactly("vm1");
    assertThat(host().commands() - before).isNotPositive();
  }

  @Test
  void aStartedDomainRunsAndIsWatched() throws HostFailure {
    domains().start("/etc/xen/vm1");
    assertThat(domains().list()).contains(new DomainState("vm1", 1, Activity.RUNNING));
    assertThat(domains().watched()).containsExactly("vm1");
  }

  @Test
  void aStartedDomainTellsWhatItIsMadeOf() throws HostFailure {
    domains().start("/etc/xen/vm1");
    assertThat(domains().configurations())
        .containsOnlyKeys("vm1")
        .containsValue(
            DomainConfiguration.named("vm1")
                .uuid(UUID)
                .memoryKib(131_072L)
                .maxMemoryKib(131_072L)
                .vcpus(1)
                .maxVcpus(1)
                .share(new Share("credit2", 256, 0))
                .build());
  }

  /** Its configuration is missing, and so unknown: it may have any disk. */
  @Test
  void aDomainThatIsBeingBuiltIsListedWithoutAConfiguration() throws Exception {
    domains().start("/etc/xen/vm1");
    domains().start("/etc/xen/vm2");
    setBack("vm1");
    assertThat(domains().list())
        .contains(new DomainState("vm1", 1, Activity.BUILDING))
        .contains(new DomainState("vm2", 2, Activity.RUNNING));
    assertThat(domains().configurations()).containsOnlyKeys("vm2");
  }

  @Test
  void eachDomainHasANumberOfItsOwn() throws HostFailure {
    domains().start("/etc/xen/vm1");
    domains().start("/etc/xen/vm2");
    assertThat(domains().list()).extracting(DomainState::id).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void aRunningDomainIsNotStartedAgain() throws HostFailure {
    domains().start("/etc/xen/vm1");
    assertThatThrownBy(() -> domains().start("/etc/xen/vm1"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("failed with exit status ")
        .hasMessageContaining("\"vm1\" already exists");
    assertThat(domains().list()).hasSize(2);
  }

  @Test
  void aDomainNeedsItsGuestFile() {
    assertThatThrownBy(() -> domains().start("/etc/xen/vm3"))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("/etc/xen/vm3");
  }

  @Test
  void aShutDownDomainIsGone() throws HostFailure {
    domains().start("/etc/xen/vm1");
    domains().shutdown("vm1", MINUTE);
    assertThat(domains().list()).hasSize(1);
    assertThat(domains().watched()).isEmpty();
  }

  @Test
  void aDomainThatDoesNotRunCannotBeShutDown() {
    assertThatThrownBy(() -> domains().shutdown("vm1", MINUTE))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("xl shutdown")
        .hasMessageEndingWith(
            "failed with exit status 1: vm1 is an invalid domain identifier (rc=-6)");
  }
}
