package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFetches;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.HostFilesystems;
import org.quattor.ncm.xen.host.HostLiveChanges;
import org.quattor.ncm.xen.host.HostNetwork;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.local.DirectoryFiles;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;

/**
 * A Xen host in a directory. It needs neither root nor Xen and survives between runs; two programs
 * must not work on one at a time.
 *
 * <p>{@link #commands} counts what a Linux host would have run for the same operations.
 */
public final class SimulatedHost implements XenHost {

  private final SimulatedState state;
  private final DirectoryFiles tree;
  private final SimulatedFiles files;
  private final SimulatedVolumes volumes;
  private final SimulatedStorage storage;
  private final SimulatedFilesystems filesystems;
  private final GuestFileCheck check;

  private SimulatedHost(SimulatedState state, GuestFileCheck check) {
    this.state = state;
    this.check = check;
    this.tree = new DirectoryFiles(state.directory(), ImmutableSet.of("/"), device -> 0);
    this.files = new SimulatedFiles(state, tree);
    this.volumes = new SimulatedVolumes(state);
    this.storage = new SimulatedStorage(state, files, tree);
    this.filesystems = new SimulatedFilesystems(state, files, storage);
  }

  /**
   * Opens the host in the directory. A directory that is missing or empty is furnished in memory;
   * nothing is written before the first operation that changes the host.
   *
   * @param spec what a new host has; not looked at when the directory has a host
   * @param check how guest files are read when a domain is started
   * @throws HostFailure when the directory holds something else, or a damaged state file
   */
  public static SimulatedHost open(Path directory, SimulatedHostSpec spec, GuestFileCheck check)
      throws HostFailure {
    return new SimulatedHost(SimulatedState.open(directory, spec), check);
  }

  /**
   * Writes the state file if it is not there yet; for a runner that is about to put files of its
   * own (a lock, a log) into the directory, which would not be opened again otherwise.
   */
  public void materialise() throws HostFailure {
    files.materialise();
  }

  /** Changes what the host has, as another hand would. */
  public void change(UnaryOperator<SimulatedHostSpec> change) throws HostFailure {
    state.change(change.apply(state.now()));
  }

  /**
   * Lets something happen later, in the time of this host: a command on domains takes a quarter of
   * a second of it, and {@link #pass} what it is told. What has not happened when the program ends
   * never does.
   */
  public void later(Duration delay, UnaryOperator<SimulatedHostSpec> event) {
    state.later(delay, event);
  }

  /** Lets time pass; for a runner's {@link org.quattor.ncm.xen.XenComponent} to wait with. */
  public void pass(Duration length) {
    try {
      state.pass(length);
    } catch (HostFailure e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Reboots a domain, as its own user would: it is made anew with another number, from what is
   * stored for that if anything is.
   */
  public void reboot(String domain) throws HostFailure {
    SimulatedHostSpec now = state.now();
    RunningDomain before = now.domains().get(domain);
    if (before == null) {
      throw new HostFailure("domain " + domain + " does not run");
    }
    String stored = before.configuration().stored();
    SimulatedHostSpec without = now.withoutDomain(domain).withWatched(domain);
    DomainConfiguration next =
        stored == null
            ? before.configuration()
            : SimulatedDomains.withDefaults(
                check.read("<updated>", stored.getBytes(StandardCharsets.UTF_8)).configuration());
    state.change(
        without.withDomain(
            domain, new RunningDomain(now.nextId(), Activity.RUNNING, next, before.shared())));
  }

  /** Returns what the host has at the moment. */
  public SimulatedHostSpec spec() {
    return state.now();
  }

  @Override
  public HostFacts facts() {
    return state.now().facts();
  }

  @Override
  public HostFiles files() {
    return files;
  }

  @Override
  public HostVolumes volumes() {
    return volumes;
  }

  @Override
  public HostStorage storage() {
    return storage;
  }

  @Override
  public HostFilesystems filesystems() {
    return filesystems;
  }

  @Override
  public HostFetches fetches() {
    return new SimulatedFetches(state, files, tree);
  }

  @Override
  public HostNetwork network() {
    return new SimulatedNetwork(state, files);
  }

  @Override
  public HostDomains domains(Toolstack toolstack) {
    return new SimulatedDomains(state, files, storage, check, toolstack);
  }

  @Override
  public HostLiveChanges liveChanges() {
    return new SimulatedLiveChanges(
        state, files, new SimulatedDomains(state, files, storage, check, Toolstack.XL));
  }

  @Override
  public int commands() {
    return state.commands();
  }
}
