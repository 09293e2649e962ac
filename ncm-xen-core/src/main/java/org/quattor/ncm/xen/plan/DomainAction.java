package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.HostFailure;

/** A step on a domain. */
public sealed interface DomainAction extends Action {

  /** Returns the name of the domain. */
  String domain();

  @Override
  default void accept(Action.Visitor visitor) throws HostFailure {
    visitor.domain(this);
  }

  /** Calls the method for the kind of step. */
  void accept(Visitor visitor) throws HostFailure;

  /** Acts by kind; a new kind of step breaks every place that has to decide. */
  interface Visitor {
    /** Starts a domain. */
    void startDomain(StartDomain action) throws HostFailure;

    /** Shuts a domain down. */
    void stopDomain(StopDomain action) throws HostFailure;

    /** Shuts a domain down and starts it again. */
    void restartDomain(RestartDomain action) throws HostFailure;

    /** Stores what a running domain takes at its next reboot. */
    void updateConfiguration(UpdateConfiguration action) throws HostFailure;

    /** Changes the memory of a running domain. */
    void setMemory(SetMemory action) throws HostFailure;

    /** Changes the virtual CPUs of a running domain. */
    void setVcpus(SetVcpus action) throws HostFailure;

    /** Changes the share of the CPUs of a running domain. */
    void setShare(SetShare action) throws HostFailure;

    /** Pins a running domain. */
    void pin(Pin action) throws HostFailure;

    /** Attaches a disk to a running domain. */
    void attachDisk(AttachDisk action) throws HostFailure;

    /** Attaches a network interface to a running domain. */
    void attachVif(AttachVif action) throws HostFailure;
  }

  /**
   * Starts a domain.
   *
   * @param domain its name
   * @param file its guest file
   * @param mayBeRebooting whether the toolstack may be about to start it again by itself; ncm-xen
   *     then looks for it once more, five seconds later
   * @param delaySeconds how long to wait before the next start
   * @param disks its disks
   */
  record StartDomain(
      Step step,
      String domain,
      String file,
      boolean mayBeRebooting,
      long delaySeconds,
      ImmutableList<DiskClaim> disks)
      implements DomainAction {
    @Override
    public Description description() {
      return new Description("start-domain", domain, "start domain " + domain);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.startDomain(this);
    }
  }

  /**
   * Shuts a domain down.
   *
   * @param domain its name
   * @param timeoutSeconds how long that may take; a domain that takes longer is left alone
   */
  record StopDomain(Step step, String domain, long timeoutSeconds) implements DomainAction {
    @Override
    public Description description() {
      return new Description("stop-domain", domain, "shut down domain " + domain);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.stopDomain(this);
    }
  }

  /**
   * Shuts a domain down and starts it again from its guest file.
   *
   * @param file the guest file
   * @param timeoutSeconds how long the shutdown may take; a domain that takes longer keeps running
   * @param delaySeconds how long to wait before the next start
   * @param moreMemoryMib what it needs in addition to what it has; 0 when that is unknown
   * @param bootFiles the files in dom0 that it boots from
   * @param disks its disks
   */
  record RestartDomain(
      Step step,
      String domain,
      String file,
      long timeoutSeconds,
      long delaySeconds,
      long moreMemoryMib,
      ImmutableSet<String> bootFiles,
      ImmutableList<DiskClaim> disks)
      implements DomainAction {
    @Override
    public Description description() {
      return new Description("restart-domain", domain, "restart domain " + domain);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.restartDomain(this);
    }
  }

  /**
   * Stores the guest file as what the domain takes at its next reboot.
   *
   * @param file the guest file
   */
  record UpdateConfiguration(Step step, String domain, String file) implements DomainAction {
    @Override
    public Description description() {
      return new Description(
          "update-configuration",
          domain,
          "store " + file + " for the next reboot of domain " + domain);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.updateConfiguration(this);
    }
  }

  /**
   * Gives a domain another amount of memory.
   *
   * @param memoryMib how much
   */
  record SetMemory(Step step, String domain, long memoryMib) implements DomainAction {
    @Override
    public Description description() {
      return new Description(
          "set-memory",
          domain,
          "set memory of domain " + domain + " to " + Size.text(memoryMib * Size.MIB));
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.setMemory(this);
    }
  }

  /**
   * Brings virtual CPUs online or takes them offline.
   *
   * @param vcpus how many are online then
   */
  record SetVcpus(Step step, String domain, int vcpus) implements DomainAction {
    @Override
    public Description description() {
      return new Description(
          "set-vcpus", domain, "set virtual CPUs of domain " + domain + " to " + vcpus);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.setVcpus(this);
    }
  }

  /**
   * Sets the share of the CPUs.
   *
   * @param share weight and cap, and the scheduler that has them
   */
  record SetShare(Step step, String domain, Share share) implements DomainAction {
    @Override
    public Description description() {
      return new Description(
          "set-weight", domain, "set CPU share of domain " + domain + " to " + text(share));
    }

    static String text(Share share) {
      return "weight " + share.weight() + (share.cap() == 0 ? "" : ", cap " + share.cap() + " %");
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.setShare(this);
    }
  }

  /**
   * Pins virtual CPUs to physical ones.
   *
   * @param affinity one set for each virtual CPU, or one for all; empty for any CPU
   */
  record Pin(Step step, String domain, ImmutableList<Set<Integer>> affinity)
      implements DomainAction {
    @Override
    public Description description() {
      return new Description("pin", domain, "pin domain " + domain + " to CPUs " + text(affinity));
    }

    static String text(Iterable<Set<Integer>> affinity) {
      String all =
          ImmutableList.copyOf(affinity).stream()
              .map(
                  cpus ->
                      cpus.stream().sorted().map(String::valueOf).collect(Collectors.joining(",")))
              .distinct()
              .collect(Collectors.joining(" and "));
      return all.isEmpty() ? "any" : all;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.pin(this);
    }
  }

  /**
   * Attaches a disk.
   *
   * @param keys those of {@code xl-disk-configuration(5)}
   */
  record AttachDisk(Step step, String domain, ImmutableMap<String, String> keys)
      implements DomainAction {

    private static final ImmutableSet<String> READ_ONLY = ImmutableSet.of("r", "ro");

    @Override
    public Description description() {
      return new Description(
          "attach-disk",
          domain + "/" + keys.get("vdev"),
          "attach " + keys.get("target") + " to domain " + domain + " as " + keys.get("vdev"));
    }

    /** Returns the disk that the domain uses then. */
    public DiskClaim claim() {
      boolean writes = !READ_ONLY.contains(keys.getOrDefault("access", "rw"));
      return new DiskClaim(keys.getOrDefault("target", ""), writes, false);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.attachDisk(this);
    }
  }

  /**
   * Attaches a network interface.
   *
   * @param position its place in the list of the guest's interfaces, counted from 0
   * @param keys those of {@code xl-network-configuration(5)}
   */
  record AttachVif(Step step, String domain, int position, ImmutableMap<String, String> keys)
      implements DomainAction {
    @Override
    public Description description() {
      return new Description(
          "attach-vif",
          domain + "/" + keys.getOrDefault("mac", "vif" + position),
          "attach network interface "
              + keys.getOrDefault("mac", Integer.toString(position))
              + (keys.containsKey("bridge") ? " on " + keys.get("bridge") : "")
              + " to domain "
              + domain);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.attachVif(this);
    }
  }
}
