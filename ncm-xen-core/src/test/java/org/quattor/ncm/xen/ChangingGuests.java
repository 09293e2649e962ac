package org.quattor.ncm.xen;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;

/** Ten guests that run, and a profile that changes each of them in another way. */
final class ChangingGuests {

  private static final String BEFORE =
      """
      "auto": true, "on_change": "live", "options": {"name": "g%1$d", "memory": 256,
      "maxmem": 512, "vcpus": 1, "maxvcpus": 4, "cpus": "0-1", "cpu_weight": 256,
      "kernel": "/boot/vmlinuz", "vif": ["mac=00:16:3e:00:00:0%1$d,bridge=xenbr0"],
      "disk": [{"type": "file", "path": "/srv/xen/g%1$d.qcow2", "image_format": "qcow2",
                "guestdevice": "xvdq", "rw": "w", "size": 16},
               {"type": "lvm", "hostdevice": "vg0", "hostvol": "g%1$d", "guestdevice": "xvda",
                "rw": "w", "size": 8}]}""";

  private static final int COUNT = 10;
  private static final int GONE = 8;

  private ChangingGuests() {}

  /** Returns what the host has before anything. */
  static SimulatedHostSpec furnish(SimulatedHostSpec bare) {
    return bare.withGroup("vg0", 1L << 30).withBridge("xenbr0").withBridge("dmz");
  }

  /** Returns the profile that they were made from. */
  static Profile before() {
    return Scenario.domains(
        IntStream.range(0, COUNT)
            .mapToObj(i -> "\"g%d\": {%s}".formatted(i, BEFORE.formatted(i)))
            .collect(Collectors.joining(", ", "{", "}")));
  }

  /** Returns the profile that changes them; one is gone from it. */
  static Profile after() {
    return Scenario.domains(
        IntStream.range(0, COUNT)
            .filter(i -> i != GONE)
            .mapToObj(i -> "\"g%d\": {%s}".formatted(i, changed(i, BEFORE.formatted(i))))
            .collect(Collectors.joining(", ", "{", "}")));
  }

  private static String changed(int guest, String before) {
    return switch (guest) {
      case 0 -> before.replace("\"memory\": 256", "\"memory\": 384");
      case 1 -> before.replace("\"vcpus\": 1", "\"vcpus\": 2");
      case 2 -> before.replace("0-1", "2,3");
      case 3 ->
          before.replace(
              "\"size\": 8}",
              "\"size\": 8}, {\"type\": \"lvm\", \"hostdevice\": \"vg0\", \"hostvol\": \"data\","
                  + " \"guestdevice\": \"xvdb\", \"rw\": \"w\", \"size\": 8}");
      case 4 -> before.replace("xenbr0\"", "xenbr0\", \"mac=00:16:3e:00:01:04,bridge=dmz\"");
      case 5 -> before.replace("vmlinuz", "vmlinuz-6.1").replace("\"live\"", "\"next-reboot\"");
      case 6 -> before.replace("vmlinuz", "vmlinuz-6.1").replace("\"live\"", "\"restart\"");
      case 7 -> before.replace("\"auto\": true", "\"state\": \"stopped\"");
      case 9 -> before.replace("\"cpu_weight\": 256", "\"cpu_weight\": 512");
      default -> before;
    };
  }
}
