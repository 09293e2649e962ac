package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.HostFailure;

/** A step on a domain that runs, and goes on running or comes back. */
public sealed interface ChangeAction extends Action {

  /** Returns the name of the domain. */
  String domain();

  @Override
  default String target() {
    return domain();
  }

  /**
   * Gives a domain another amount of memory.
   *
   * @param memoryMib how much
   */
  record SetMemory(Step step, String domain, long memoryMib) implements ChangeAction {
    @Override
    public String type() {
      return "set-memory";
    }

    @Override
    public String summary() {
      return "set memory of domain " + domain + " to " + Size.text(memoryMib * Size.MIB);
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.setMemory(this);
    }
  }

  /**
   * Brings virtual CPUs online or takes them off.
   *
   * @param vcpus how many there are then
   */
  record SetVcpus(Step step, String domain, int vcpus) implements ChangeAction {
    @Override
    public String type() {
      return "set-vcpus";
    }

    @Override
    public String summary() {
      return "set virtual CPUs of domain " + domain + " to " + vcpus;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.setVcpus(this);
    }
  }

  /**
   * Sets the share of the CPUs.
   *
   * @param share weight and cap, and the scheduler that knows them
   */
  record SetShare(Step step, String domain, Share share) implements ChangeAction {
    @Override
    public String type() {
      return "set-weight";
    }

    @Override
    public String summary() {
      return "set share of domain " + domain + " to " + text(share);
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
   * @param affinity one set for each virtual CPU, or one for all; none for any CPU
   */
  record Pin(Step step, String domain, ImmutableList<Set<Integer>> affinity)
      implements ChangeAction {
    @Override
    public String type() {
      return "pin";
    }

    @Override
    public String summary() {
      return "pin domain " + domain + " to CPUs " + text(affinity);
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
   * @param keys in the words of {@code xl-disk-configuration(5)}
   */
  record AttachDisk(Step step, String domain, ImmutableMap<String, String> keys)
      implements ChangeAction {
    @Override
    public String type() {
      return "attach-disk";
    }

    @Override
    public String target() {
      return domain + "/" + keys.get("vdev");
    }

    @Override
    public String summary() {
      return "attach " + keys.get("target") + " to domain " + domain + " as " + keys.get("vdev");
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
   * @param keys in the words of {@code xl-network-configuration(5)}
   */
  record AttachVif(Step step, String domain, int position, ImmutableMap<String, String> keys)
      implements ChangeAction {
    @Override
    public String type() {
      return "attach-vif";
    }

    @Override
    public String target() {
      return domain + "/" + keys.getOrDefault("mac", "vif" + position);
    }

    @Override
    public String summary() {
      return "attach network interface "
          + keys.getOrDefault("mac", Integer.toString(position))
          + (keys.containsKey("bridge") ? " on " + keys.get("bridge") : "")
          + " to domain "
          + domain;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.attachVif(this);
    }
  }

  /**
   * Stores the guest file as what the domain is made from at its next reboot.
   *
   * @param file the guest file
   */
  record UpdateConfiguration(Step step, String domain, String file) implements ChangeAction {
    @Override
    public String type() {
      return "update-configuration";
    }

    @Override
    public String summary() {
      return "store " + file + " for the next reboot of domain " + domain;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.updateConfiguration(this);
    }
  }

  /**
   * Shuts a domain down and starts it again from its guest file.
   *
   * @param file the guest file
   * @param timeoutSeconds what the shutdown may take; a domain that takes longer runs on
   * @param delaySeconds what is waited after it before the next domain is started
   */
  record RestartDomain(
      Step step, String domain, String file, long timeoutSeconds, long delaySeconds)
      implements ChangeAction {
    @Override
    public String type() {
      return "restart-domain";
    }

    @Override
    public String summary() {
      return "restart domain " + domain;
    }

    @Override
    public void accept(Visitor visitor) throws HostFailure {
      visitor.restartDomain(this);
    }
  }
}
