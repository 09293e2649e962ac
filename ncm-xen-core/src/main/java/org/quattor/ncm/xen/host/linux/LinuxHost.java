package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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

/** The Linux system that this program runs on; most operations need root. */
public final class LinuxHost implements XenHost {

  private static final ImmutableSet<String> CLOSED_FOLDERS = ImmutableSet.of("/etc/xen");

  private final SystemPaths surroundings;
  private final Timing timing;
  private final Duration timeout;
  private final CommandRunner runner;
  private final DirectoryFiles files;
  private final BoundedLooks bounds;
  private final BlockDevices devices;
  private final MkfsCommands mkfs;
  private final LinuxFilesystems filesystems;

  /**
   * Makes one; reads nothing yet.
   *
   * @param commandTimeout how long each external command and each fetch may take
   * @param commandListener hears each command line before it is run
   */
  public LinuxHost(Duration commandTimeout, Consumer<String> commandListener) {
    this(SystemPaths.SYSTEM, Timing.SYSTEM, commandTimeout, commandListener);
  }

  /**
   * Makes one; reads nothing yet.
   *
   * @param commandTimeout how long each external command and each fetch may take
   * @param commandListener hears each command line before it is run
   * @param mask hides secrets in what commands print, before that is shortened
   */
  public LinuxHost(
      Duration commandTimeout, Consumer<String> commandListener, UnaryOperator<String> mask) {
    this(SystemPaths.SYSTEM, Timing.SYSTEM, commandTimeout, commandListener, mask);
  }

  /** Makes one in other surroundings. */
  LinuxHost(
      SystemPaths surroundings,
      Timing timing,
      Duration commandTimeout,
      Consumer<String> commandListener) {
    this(surroundings, timing, commandTimeout, commandListener, UnaryOperator.identity());
  }

  private LinuxHost(
      SystemPaths surroundings,
      Timing timing,
      Duration commandTimeout,
      Consumer<String> commandListener,
      UnaryOperator<String> mask) {
    this.surroundings = surroundings;
    this.timing = timing;
    this.timeout = commandTimeout;
    this.runner = new CommandRunner(surroundings, commandTimeout, commandListener, mask);
    this.bounds = new BoundedLooks(surroundings, runner, commandTimeout);
    this.devices = new BlockDevices(surroundings, runner);
    this.files = new DirectoryFiles(surroundings.root(), CLOSED_FOLDERS, devices::sizeBytes);
    this.mkfs = new MkfsCommands(runner);
    this.filesystems = new LinuxFilesystems(surroundings, files, devices, runner, mkfs, bounds);
  }

  @Override
  public HostFacts facts() throws HostFailure {
    return new LinuxFacts(surroundings).read();
  }

  @Override
  public HostFiles files() {
    return new BoundedFiles(files, bounds);
  }

  @Override
  public HostVolumes volumes() {
    return new LvmCommandVolumes(runner, surroundings.root());
  }

  @Override
  public HostStorage storage() {
    return new BoundedStorage(new LinuxStorage(files, devices, runner, mkfs), bounds);
  }

  @Override
  public HostFilesystems filesystems() {
    return filesystems;
  }

  @Override
  public HostFetches fetches() {
    return new LinuxFetches(files, bounds, timing, timeout, LinuxFetches::usableSpace);
  }

  @Override
  public HostNetwork network() {
    return new ScriptedNetwork(surroundings, files, runner);
  }

  @Override
  public HostDomains domains(Toolstack toolstack) {
    ToolstackCommands commands = new ToolstackCommands(toolstack.command(), runner, files, timing);
    return switch (toolstack) {
      case XL -> new XlDomains(commands, surroundings);
      case XM -> new XmDomains(commands, surroundings);
    };
  }

  @Override
  public HostLiveChanges liveChanges() {
    return new XlLiveChanges(runner, files);
  }

  @Override
  public int commands() {
    return runner.count();
  }
}
