package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.guestfile.DeclaredDomain;
import org.quattor.ncm.xen.guestfile.Device;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.plan.DomainAction.AttachDisk;
import org.quattor.ncm.xen.plan.DomainAction.AttachVif;
import org.quattor.ncm.xen.plan.DomainAction.Pin;
import org.quattor.ncm.xen.plan.DomainAction.SetMemory;
import org.quattor.ncm.xen.plan.DomainAction.SetShare;
import org.quattor.ncm.xen.plan.DomainAction.SetVcpus;
import org.quattor.ncm.xen.text.Secrets;

/**
 * Compares a running domain with its guest file. What the file leaves open is not compared, but for
 * the settings whose default is known.
 */
final class Differences {

  private static final long KIB = 1024;
  private static final Pattern HOT_PLUGGED = Pattern.compile("xvd[a-z]+[0-9]*");

  private static final ImmutableSortedSet<String> SETTINGS =
      ImmutableSortedSet.copyOf(DomainConfiguration.SETTINGS.keySet());

  private final GuestFile file;
  private final DomainConfiguration desired;
  private final DomainConfiguration running;
  private final boolean live;
  private final String domain;
  private final List<Difference> found = new ArrayList<>();

  private Differences(
      String domain, GuestFile file, DomainConfiguration running, Toolstack toolstack) {
    this.domain = domain;
    this.file = file;
    this.desired = DeclaredDomain.of(domain, file);
    this.running = running;
    this.live = toolstack == Toolstack.XL;
  }

  /** Returns what the domain has otherwise than the file, in the order of the file. */
  static ImmutableList<Difference> between(
      String domain, GuestFile file, DomainConfiguration running, Toolstack toolstack) {
    Differences differences = new Differences(domain, file, running, toolstack);
    differences.memory();
    differences.vcpus();
    differences.share();
    differences.affinity();
    if (toolstack == Toolstack.XL) {
      differences.settings();
    }
    differences.disks();
    differences.vifs();
    return ImmutableList.copyOf(differences.found);
  }

  private void memory() {
    Long wanted = desired.memoryKib();
    Long has = running.memoryKib();
    Long most = running.maxMemoryKib();
    if (wanted != null && has != null && !wanted.equals(has)) {
      String text = "memory " + mib(has) + " to " + mib(wanted);
      String beyond = most != null && wanted > most ? ", its maximum is " + mib(most) : "";
      // A guest that has to give memory back may die of it: 96 to 80 MiB was a kernel panic.
      found.add(
          live && beyond.isEmpty() && wanted > has
              ? Difference.live(text, step -> new SetMemory(step, domain, wanted / KIB))
              : Difference.later(text + beyond));
    }
    Long wantedMost = desired.maxMemoryKib();
    if (wantedMost != null && most != null && !wantedMost.equals(most)) {
      found.add(Difference.later("maximum of memory " + mib(most) + " to " + mib(wantedMost)));
    }
  }

  private static String mib(long kib) {
    return Size.text(kib * KIB);
  }

  private void vcpus() {
    Integer declared = desired.vcpus();
    Integer most = running.maxVcpus();
    Integer wantedMost = desired.maxVcpus();
    Integer has = running.vcpus();
    // xl and xm start a guest with one when neither number is declared.
    int wanted = declared != null ? declared : (wantedMost == null ? 1 : 0);
    if (wanted > 0 && has != null && has != wanted) {
      String text = "virtual CPUs " + has + " to " + wanted;
      String beyond = most != null && wanted > most ? ", its maximum is " + most : "";
      found.add(
          live && beyond.isEmpty()
              ? Difference.live(text, step -> new SetVcpus(step, domain, wanted))
              : Difference.later(text + beyond));
    }
    if (wantedMost != null && most != null && !wantedMost.equals(most)) {
      found.add(Difference.later("maximum of virtual CPUs " + most + " to " + wantedMost));
    }
  }

  private void share() {
    Share wanted = desired.share();
    Share has = running.share();
    if (wanted == null || has == null) {
      return;
    }
    Share next = new Share(has.scheduler(), wanted.weight(), wanted.cap());
    if (!next.equals(has)) {
      String text = "share " + SetShare.text(has) + " to " + SetShare.text(next);
      found.add(
          live && has.scheduler().startsWith("credit")
              ? Difference.live(text, step -> new SetShare(step, domain, next))
              : Difference.later(text));
    }
  }

  private void affinity() {
    Optional<ImmutableList<Set<Integer>>> declared = DeclaredDomain.affinity(file);
    if (!file.values().containsKey("cpus") || declared.isEmpty()) {
      return;
    }
    ImmutableList<Set<Integer>> wanted = declared.get();
    List<Set<Integer>> has = running.affinity();
    if (!allows(has, wanted)) {
      String text = "pinned to CPUs " + Pin.text(has) + ", to " + Pin.text(wanted);
      found.add(
          live
              ? Difference.live(text, step -> new Pin(step, domain, wanted))
              : Difference.later(text));
    }
  }

  /** One set counts for all virtual CPUs; of several, each for its own. */
  private static boolean allows(List<Set<Integer>> has, List<Set<Integer>> wanted) {
    if (wanted.isEmpty() || has.isEmpty()) {
      return wanted.isEmpty() && has.isEmpty();
    }
    return wanted.size() == 1
        ? has.stream().allMatch(wanted.get(0)::equals)
        : has.size() >= wanted.size() && has.subList(0, wanted.size()).equals(wanted);
  }

  private void settings() {
    for (String key : SETTINGS) {
      String wanted = desired.setting(key);
      String has = running.setting(key);
      if (!wanted.equals(has)) {
        found.add(Difference.later(key + " " + shown(has) + " to " + shown(wanted)));
      }
    }
  }

  private static String shown(String value) {
    return value.isEmpty() ? "nothing" : Secrets.masked(value);
  }

  private void disks() {
    ImmutableList<Device> devices = file.devices("disk");
    List<Disk> left = new ArrayList<>(running.disks());
    for (int i = 0; i < devices.size(); i++) {
      Disk wanted = desired.disks().get(i);
      Disk has = taken(left, disk -> disk.device().equals(wanted.device()));
      if (has == null) {
        newDisk(wanted, devices.get(i).keys());
      } else if (!has.target().equals(wanted.target()) || has.writable() != wanted.writable()) {
        found.add(
            Difference.later(
                disk(wanted)
                    + " "
                    + shown(has.target())
                    + access(has)
                    + " to "
                    + shown(wanted.target())
                    + access(wanted)));
      }
    }
    for (Disk disk : left) {
      found.add(Difference.later(disk(disk) + " is no longer declared"));
    }
  }

  /** A disk that the toolstack tells no name of is told by what backs it. */
  private static String disk(Disk disk) {
    return "disk " + (disk.device().isEmpty() ? shown(disk.target()) : disk.device());
  }

  private static String access(Disk disk) {
    return disk.writable() ? "" : " (read only)";
  }

  private void newDisk(Disk disk, ImmutableMap<String, String> keys) {
    String what = disk(disk) + " is new";
    if (live && HOT_PLUGGED.matcher(disk.device()).matches() && !keys.containsKey("devtype")) {
      found.add(Difference.live(what, step -> new AttachDisk(step, domain, keys)));
    } else {
      found.add(Difference.later(what));
    }
  }

  /** An interface without a MAC of its own is any that is left on its bridge. */
  private void vifs() {
    ImmutableList<Device> devices = file.devices("vif");
    List<Vif> left = new ArrayList<>(running.vifs());
    boolean[] seen = new boolean[devices.size()];
    for (int i = 0; i < devices.size(); i++) {
      Vif wanted = desired.vifs().get(i);
      if (!wanted.mac().isEmpty()) {
        seen[i] = matched(wanted, left, vif -> vif.mac().equals(wanted.mac()));
      }
    }
    for (int i = 0; i < devices.size(); i++) {
      Vif wanted = desired.vifs().get(i);
      if (wanted.mac().isEmpty()) {
        seen[i] = matched(wanted, left, vif -> onBridge(vif, wanted));
      }
      if (!seen[i]) {
        newVif(i, wanted, devices.get(i).keys());
      }
    }
    for (Vif vif : left) {
      found.add(Difference.later(vif(vif) + " is no longer declared"));
    }
  }

  /** An interface that the toolstack tells no MAC of is told by its bridge. */
  private static String vif(Vif vif) {
    return vif.mac().isEmpty()
        ? "network interface on bridge " + shown(vif.bridge())
        : "network interface " + vif.mac();
  }

  private static boolean onBridge(Vif vif, Vif wanted) {
    return wanted.bridge().isEmpty() || vif.bridge().equals(wanted.bridge());
  }

  private boolean matched(Vif wanted, List<Vif> left, Predicate<Vif> is) {
    Vif has = taken(left, is);
    if (has != null && !onBridge(has, wanted)) {
      found.add(
          Difference.later(vif(has) + " bridge " + shown(has.bridge()) + " to " + wanted.bridge()));
    }
    return has != null;
  }

  /** Takes the first that is meant from those that are left; null when there is none. */
  private static <T> @Nullable T taken(List<T> left, Predicate<T> meant) {
    for (int i = 0; i < left.size(); i++) {
      if (meant.test(left.get(i))) {
        return left.remove(i);
      }
    }
    return null;
  }

  private void newVif(int position, Vif vif, ImmutableMap<String, String> keys) {
    String what =
        "network interface " + (vif.mac().isEmpty() ? "" + position : vif.mac()) + " is new";
    found.add(
        live
            ? Difference.live(what, step -> new AttachVif(step, domain, position, keys))
            : Difference.later(what));
  }
}
