package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableSortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/**
 * A profile of ten guests with every kind of disk, and what is on the host before the first run.
 */
public final class TenGuests {

  /** What somebody has in a disk that was there before. */
  public static final String CANARY = "the data of a guest\n";

  private static final String[] DISKS = {
    """
    {"type": "lvm", "hostdevice": "vg0", "hostvol": "plain", "guestdevice": "xvda", "rw": "w",
     "size": 5}""",
    """
    {"type": "lvm", "hostdevice": "vg0", "hostvol": "ext4", "guestdevice": "xvda", "rw": "w",
     "size": 64, "filesystem": "ext4", "label": "root"},
    {"type": "lvm", "hostdevice": "vg0", "hostvol": "swap", "guestdevice": "xvdb", "rw": "w",
     "size": 8, "filesystem": "swap"}""",
    """
    {"type": "lvm", "hostdevice": "vg1", "hostvol": "xfs", "guestdevice": "xvda", "rw": "w",
     "size": 300, "filesystem": "xfs", "create": true, "path": "/dev/sdb"}""",
    """
    {"type": "lvm", "hostdevice": "vg0", "hostvol": "kept", "guestdevice": "xvda", "rw": "w",
     "size": 8, "filesystem": "ext4"}""",
    """
    {"type": "lvm", "hostdevice": "vg0", "hostvol": "short", "guestdevice": "xvda", "rw": "w",
     "size": 8, "grow": true}""",
  };

  private static final String[] IMAGES = {
    """
    {"type": "file", "path": "/srv/xen/sparse.img", "guestdevice": "xvda", "rw": "w", "size": 1}
    """,
    """
    {"type": "file", "path": "/srv/xen/ext4.img", "guestdevice": "xvda", "rw": "w", "size": 8,
     "filesystem": "ext4", "label": "root", "allocation": "reserved"},
    {"type": "file", "path": "/srv/xen/swap.img", "guestdevice": "xvdb", "rw": "w", "size": 1,
     "filesystem": "swap"}""",
    """
    {"type": "file", "path": "/srv/xen/new/zeroed.img", "guestdevice": "xvda", "rw": "w",
     "size": 1, "allocation": "zeroed"}""",
    """
    {"type": "file", "path": "/srv/xen/kept.img", "guestdevice": "xvda", "rw": "w",
     "filesystem": "ext4"}""",
    """
    {"type": "file", "path": "/srv/xen/short.img", "guestdevice": "xvda", "rw": "w", "size": 1,
     "grow": true}""",
  };

  private static final String URL = "https://boot.example.org/vmlinuz";
  private static final String DIGEST =
      "1f825aa2f0020ef7cf91dfa30da4668d791c5d4824fc8e41354b89ec05795ab3";

  private static final String FETCH =
      """
      "fetch": [{"url": "%s", "path": "/srv/boot/vmlinuz", "sha256": "%s"},
                {"url": "%s", "path": "/srv/xen/other", "sha256": "%s"}]"""
          .formatted(URL, DIGEST, URL, DIGEST);

  private TenGuests() {}

  /** Returns the profile. */
  public static Profile profile() {
    return Scenario.domains(
        "{"
            + guests("lvm", DISKS).replaceFirst("\"auto\"", FETCH + ", \"auto\"")
            + ", "
            + guests("file", IMAGES)
            + "}");
  }

  /** Returns a profile of ten guests that have image files only. */
  public static Profile profileOfImages() {
    return Scenario.domains("{" + guests("a", IMAGES) + ", " + guests("b", otherFolder()) + "}");
  }

  private static String[] otherFolder() {
    return IntStream.range(0, IMAGES.length)
        .mapToObj(i -> IMAGES[i].replace("/srv/xen/", "/srv/other/"))
        .toArray(String[]::new);
  }

  private static String guests(String prefix, String[] disks) {
    return IntStream.range(0, disks.length)
        .mapToObj(
            i ->
                """
                "%s%d": {"auto": true, "options": {"name": "%s%d", "memory": 256,
                  "bootloader": "pygrub", "disk": [%s]}}"""
                    .formatted(prefix, i, prefix, i, disks[i]))
        .collect(Collectors.joining(", "));
  }

  /** Returns what the host has before the first run, images apart. */
  public static SimulatedHostSpec furnish(SimulatedHostSpec bare) {
    return bare.withUrl(URL, DIGEST)
        .withGroup("vg0", 1L << 30)
        .withBlockDevice("/dev/sdb", 1L << 30)
        .withVolume("vg0", "kept", volume(8))
        .withVolume("vg0", "short", volume(4))
        .withVolume("vg0", "strange", volume(4));
  }

  private static SimulatedHostSpec.Volume volume(long mib) {
    return new SimulatedHostSpec.Volume(mib << 20, ImmutableSortedSet.of(), CANARY);
  }

  /** Puts the images that were there before into the folders, and what an older run left behind. */
  public static Scenario withFiles(Scenario host, String... folders) {
    for (String folder : folders) {
      host.file(folder + "kept.img", CANARY)
          .file(folder + "short.img", CANARY)
          .file(folder + "strange.img", CANARY)
          .file(folder + ".gone.img.ncm-xen.tmp", "half");
    }
    return host.file("/etc/xen/.gone.ncm-xen.tmp", "half")
        .file("/etc/xen/.byhand", CANARY)
        .file("/etc/xen/auto/.gone.ncm-xen.tmp", "half");
  }
}
