package org.quattor.ncm.xen.apply;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.plan.DiskClaim;
import org.quattor.ncm.xen.plan.DomainAction;
import org.quattor.ncm.xen.plan.DomainAction.AttachDisk;
import org.quattor.ncm.xen.plan.DomainAction.AttachVif;
import org.quattor.ncm.xen.plan.DomainAction.Pin;
import org.quattor.ncm.xen.plan.DomainAction.RestartDomain;
import org.quattor.ncm.xen.plan.DomainAction.SetMemory;
import org.quattor.ncm.xen.plan.DomainAction.SetShare;
import org.quattor.ncm.xen.plan.DomainAction.SetVcpus;
import org.quattor.ncm.xen.plan.DomainAction.StartDomain;
import org.quattor.ncm.xen.plan.DomainAction.StopDomain;
import org.quattor.ncm.xen.plan.DomainAction.UpdateConfiguration;
import org.quattor.ncm.xen.plan.SecondInstances;
import org.quattor.ncm.xen.plan.ToolstackProcesses;
import org.quattor.ncm.xen.text.HostPath;

/** Turns each step on a domain into operations of the host. */
final class DomainExecutor implements DomainAction.Visitor {

  /**
   * {@code xl} destroys a rebooting domain, sleeps for two seconds and creates it again ({@code
   * xl_vmcontrol.c}); a domain that is still absent after five does not reboot.
   */
  private static final Duration REBOOT_WINDOW = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final XenHost host;
  private final HostDomains domains;
  private final DiskGuard guard;
  private final ComponentListener listener;
  private final Pause pause;
  private boolean waitedForReboots;
  private long delaySeconds;
  private @Nullable String instead;

  DomainExecutor(
      XenHost host, HostDomains domains, DiskGuard guard, ComponentListener listener, Pause pause) {
    this.host = host;
    this.domains = domains;
    this.guard = guard;
    this.listener = listener;
    this.pause = pause;
  }

  /** Executes the action; returns why not, where it turned out to be unnecessary. */
  Optional<String> execute(DomainAction action) throws HostFailure {
    instead = null;
    action.accept(this);
    return Optional.ofNullable(instead);
  }

  /** One wait serves all guests that may be rebooting: after it, the list shows which ones were. */
  @Override
  public void startDomain(StartDomain action) throws HostFailure {
    delay();
    if (action.mayBeRebooting()) {
      if (!waitedForReboots) {
        listener.stage("waiting 5 s, because absent guests may be rebooting");
        pause.of(REBOOT_WINDOW);
        waitedForReboots = true;
      }
      if (isListed(action.domain())) {
        instead = "it was rebooting and runs again";
        return;
      }
      requireNoProcess(action.domain(), action.file());
    }
    requireNoTransfer(action.domain());
    guard.requireFree(action.domain(), action.disks());
    domains.start(action.file());
    guard.did(action.domain(), action.disks(), 1);
    delaySeconds = action.delaySeconds();
  }

  /**
   * A domain that still has a process of the toolstack now neither runs nor reboots: the toolstack
   * is creating it, or hangs. A second start would create a second one as soon as that goes on.
   */
  private void requireNoProcess(String domain, String file) throws HostFailure {
    Optional<String> process = atWork(domain, file);
    if (process.isPresent()) {
      throw new HostFailure(
          "domain "
              + domain
              + " is not started, because a process of the toolstack is still working on it ("
              + process.get()
              + "); if that process hangs, end it and run again");
    }
  }

  /** A migration or a save may have begun since the host was observed. */
  private void requireNoTransfer(String domain) throws HostFailure {
    Optional<String> obstacle = SecondInstances.obstacle(domain, domains.transfers());
    if (obstacle.isPresent()) {
      throw new HostFailure("domain " + domain + " is not started, because " + obstacle.get());
    }
  }

  private Optional<String> atWork(String domain, String file) throws HostFailure {
    String key = HostPath.name(file);
    return domains.watched().stream()
        .filter(process -> ToolstackProcesses.isOf(process, key, domain))
        .findFirst();
  }

  /** The memory that the domain has now is free as soon as it has shut down. */
  private void requireMemory(RestartDomain action) throws HostFailure {
    OptionalLong free = action.moreMemoryMib() > 0 ? domains.freeMemoryMib() : OptionalLong.empty();
    if (free.isPresent() && free.getAsLong() < action.moreMemoryMib()) {
      throw new HostFailure(
          String.format(
              "domain %s is not restarted, because it would not start again: it needs %d MiB more,"
                  + " and the host has %d MiB free",
              action.domain(), action.moreMemoryMib(), free.getAsLong()));
    }
  }

  private void requireBootFiles(RestartDomain action) throws HostFailure {
    for (String file : action.bootFiles()) {
      if (!host.storage().look(file).exists()) {
        throw new HostFailure(
            String.format(
                "domain %s is not restarted, because it would not start again: %s is missing",
                action.domain(), file));
      }
    }
  }

  private boolean isListed(String name) throws HostFailure {
    return domains.list().stream().anyMatch(domain -> domain.name().equals(name));
  }

  /** Waits as long as the last start asks for. */
  private void delay() {
    if (delaySeconds > 0) {
      pause.of(Duration.ofSeconds(delaySeconds));
      delaySeconds = 0;
    }
  }

  @Override
  public void stopDomain(StopDomain action) throws HostFailure {
    domains.shutdown(action.domain(), Duration.ofSeconds(action.timeoutSeconds()));
    guard.ended();
  }

  /**
   * A domain that does not shut down in time is not started: it still runs. Nor is one whose guest
   * reboots instead: it is gone for a moment, and its process creates it again.
   */
  @Override
  public void restartDomain(RestartDomain action) throws HostFailure {
    delay();
    guard.requireFree(action.domain(), action.disks());
    requireNoTransfer(action.domain());
    requireMemory(action);
    requireBootFiles(action);
    domains.shutdown(action.domain(), Duration.ofSeconds(action.timeoutSeconds()));
    guard.ended();
    Duration waited = Duration.ZERO;
    while (waited.compareTo(REBOOT_WINDOW) < 0
        && atWork(action.domain(), action.file()).isPresent()) {
      pause.of(BETWEEN_LOOKS);
      waited = waited.plus(BETWEEN_LOOKS);
      if (isListed(action.domain())) {
        throw new HostFailure(
            "domain "
                + action.domain()
                + " rebooted instead of shutting down, and runs with its old configuration");
      }
    }
    requireNoProcess(action.domain(), action.file());
    requireNoTransfer(action.domain());
    // A shutdown takes minutes, in which others may have taken the disks.
    guard.requireStillFree(action.domain(), action.disks());
    domains.start(action.file());
    guard.did(action.domain(), action.disks(), 1);
    delaySeconds = action.delaySeconds();
  }

  @Override
  public void updateConfiguration(UpdateConfiguration action) throws HostFailure {
    host.liveChanges().store(action.domain(), action.file());
  }

  @Override
  public void setMemory(SetMemory action) throws HostFailure {
    host.liveChanges().setMemory(action.domain(), action.memoryMib());
  }

  @Override
  public void setVcpus(SetVcpus action) throws HostFailure {
    host.liveChanges().setVcpus(action.domain(), action.vcpus());
  }

  @Override
  public void setShare(SetShare action) throws HostFailure {
    host.liveChanges().setShare(action.domain(), action.share());
  }

  @Override
  public void pin(Pin action) throws HostFailure {
    host.liveChanges().pin(action.domain(), action.affinity());
  }

  @Override
  public void attachDisk(AttachDisk action) throws HostFailure {
    List<DiskClaim> disk = List.of(action.claim());
    guard.requireFree(action.domain(), disk);
    host.liveChanges().attachDisk(action.domain(), action.keys());
    guard.did(action.domain(), disk, 1);
  }

  @Override
  public void attachVif(AttachVif action) throws HostFailure {
    host.liveChanges().attachVif(action.domain(), action.keys());
  }
}
