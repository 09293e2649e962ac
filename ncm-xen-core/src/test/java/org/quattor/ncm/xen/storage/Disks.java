package org.quattor.ncm.xen.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/** Disks as profiles declare them, what hosts have of them, and how a disk is refused. */
final class Disks {

  static final String DISK = "/software/components/xen/domains/web/options/disk/0";
  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  static final String VOLUME =
      """
      {"type": "lvm", "hostdevice": "vg0", "hostvol": "web", "guestdevice": "xvda", "rw": "w",
       "size": 1024}""";

  static final String NEW_GROUP = with(VOLUME, "\"create\": true, \"path\": \"/dev/sdb\"");

  static final String IMAGE =
      """
      {"type": "file", "path": "/srv/xen/web.img", "guestdevice": "xvda", "rw": "w",
       "size": 1024}""";

  static final String DEVICE =
      """
      {"type": "phy", "hostdevice": "/dev/sdb", "guestdevice": "xvda", "rw": "w"}""";

  private Disks() {}

  /** Adds fields to a disk. */
  static String with(String disk, String fields) {
    return disk.substring(0, disk.length() - 1) + ", " + fields + "}";
  }

  /** Takes a field out of a disk. */
  static String without(String disk, String field) {
    return disk.replaceFirst(",\\s*\"" + field + "\": [^,}]+", "");
  }

  /** Returns a domain of a profile with the disks. */
  static String guest(String name, String... disks) {
    return """
        "%s": {"options": {"name": "%s", "memory": 512, "bootloader": "pygrub", "disk": [%s]}}
        """
        .formatted(name, name, String.join(", ", disks));
  }

  /** Returns a profile whose only guest, web, has the disks. */
  static Profile web(String... disks) {
    return Scenario.domains("{" + guest("web", disks) + "}");
  }

  /** Returns what a host has of a volume. */
  static SimulatedHostSpec.Volume volume(long bytes, String content, String... tags) {
    return new SimulatedHostSpec.Volume(bytes, ImmutableSortedSet.copyOf(tags), content);
  }

  /** Returns a running domain that has one disk. */
  static SimulatedHostSpec.RunningDomain running(String name, String target, boolean writable) {
    return new SimulatedHostSpec.RunningDomain(
        1,
        Activity.RUNNING,
        DomainConfiguration.named(name)
            .disks(List.of(new DomainConfiguration.Disk(target, "xvda", writable)))
            .build(),
        ImmutableSortedSet.of());
  }

  /**
   * Plans on the host, and expects one error with this sentence after the disk's path, and no disk
   * made.
   */
  static void refused(Scenario host, Profile profile, String id, String sentence) {
    ComponentPlan plan = host.plan(profile);
    assertThat(plan.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(finding -> finding.id() + " " + finding.sentence())
        .containsExactly(id + " " + DISK + sentence);
    assertThat(plan.actions())
        .filteredOn(action -> action.subject().equals("web"))
        .extracting("type")
        .doesNotContain(
            "start-domain",
            "create-volume",
            "extend-volume",
            "create-group",
            "create-image",
            "make-filesystem");
  }

  /** Returns the sentences of the findings of a plan. */
  static List<String> sentences(ComponentPlan plan) {
    return plan.findings().stream().map(Finding::sentence).toList();
  }
}
