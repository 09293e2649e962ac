package org.quattor.ncm.xen.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Profiles of a site of many hosts, with mistakes on every tenth host: in turn a guest that is on
 * the host before, its MAC, its uuid, and a guest_map that contradicts the one before.
 */
final class GeneratedSite {

  private static final int EVERY = 10;

  private GeneratedSite() {}

  /** Writes the profiles, when the number of mistakes per tenth host is not 0 with mistakes. */
  static List<Path> write(Path folder, int hosts, int guests, int mistakes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      Path file = folder.resolve(name(host) + ".json");
      Files.writeString(file, profile(host, guests, mistakes));
      files.add(file);
    }
    return files;
  }

  /** Returns the beginnings of the lines that tell the mistakes. */
  static List<String> mistakes(int hosts, int guests, int mistakes) {
    List<String> lines = new ArrayList<>();
    for (int host = EVERY; mistakes > 0 && host < hosts; host += EVERY) {
      String before = name(host - 1) + ".example.org";
      String at = name(host) + ".json:/software/components/xen/";
      String first = at + "domains/" + guest(host, 0);
      switch (kind(host)) {
        case 0 ->
            lines.add(
                "[ERROR] XEN190 "
                    + at
                    + "domains/"
                    + guest(host - 1, 0)
                    + ": the guest is also declared on "
                    + before);
        case 1 ->
            lines.add(
                "[WARN] XEN191 "
                    + first
                    + "/options/vif/0: the MAC "
                    + mac(host - 1, 0)
                    + " is also used on "
                    + before);
        case 2 ->
            lines.add(
                "[WARN] XEN192 "
                    + first
                    + "/options/uuid: "
                    + uuid(host - 1)
                    + " is also used on "
                    + before);
        default ->
            lines.add(
                "[ERROR] XEN193 "
                    + at
                    + "guest_map/"
                    + guest(host - 1, 0)
                    + "/hypervisor_name: is elsewhere.example.org, and "
                    + before
                    + " in the profile of "
                    + before);
      }
    }
    return lines;
  }

  private static int kind(int host) {
    return host / EVERY % 4;
  }

  private static String name(int host) {
    return "host%05d".formatted(host);
  }

  private static String guest(int host, int guest) {
    return "vm%05d-%02d".formatted(host, guest);
  }

  private static String mac(int host, int guest) {
    int number = host * 64 + guest;
    return "00:16:3e:%02x:%02x:%02x".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
  }

  private static String uuid(int host) {
    return "00000000-0000-4000-8000-%012x".formatted(host);
  }

  private static String profile(int host, int guests, int mistakes) {
    boolean wrong = mistakes > 0 && host > 0 && host % EVERY == 0;
    int kind = wrong ? kind(host) : -1;
    StringBuilder domains = new StringBuilder();
    StringBuilder map = new StringBuilder();
    for (int guest = 0; guest < guests; guest++) {
      boolean first = guest == 0;
      String key = kind == 0 && first ? guest(host - 1, 0) : guest(host, guest);
      String mac = kind == 1 && first ? mac(host - 1, 0) : mac(host, guest);
      String uuid = first ? "\"uuid\": \"" + uuid(kind == 2 ? host - 1 : host) + "\", " : "";
      domains.append(first ? "" : ",\n").append(domain(key, mac, uuid));
      map.append(first ? "" : ", ").append(place(guest(host, guest), mac, name(host)));
    }
    if (kind == 0) {
      // The map of this host does not know the guest that is too many.
      map.setLength(0);
    } else if (kind == 3) {
      map.append(", ").append(place(guest(host - 1, 0), mac(host - 1, 0), "elsewhere"));
    }
    return """
        {"software": {"components": {"xen": {"active": true, "dispatch": true,
          "create_domains": true, "create_filesystems": true,
          "domains": {
        %s},
          "guest_map": {%s}}}},
         "system": {"network": {"hostname": "%s", "domainname": "example.org",
           "interfaces": {"xenbr0": {}, "eth0": {}}}},
         "hardware": {"ram": [{"size": 262144}]}}
        """
        .formatted(domains, map, name(host));
  }

  private static String place(String guest, String mac, String host) {
    return "\"%s\": {\"guest_mac\": \"%s\", \"hypervisor_name\": \"%s.example.org\"}"
        .formatted(guest, mac, host);
  }

  private static String domain(String key, String mac, String uuid) {
    return """
            "%1$s": {"auto": true, "options": {"name": "%1$s", "memory": 2048, "vcpus": 2, %3$s
              "bootloader": "pygrub",
              "disk": [
                {"type": "lvm", "hostdevice": "vg0", "hostvol": "%1$s", "guestdevice": "xvda",
                 "rw": "w", "size": 20480},
                {"type": "file", "path": "/srv/xen/%1$s.img", "guestdevice": "xvdb", "rw": "w",
                 "size": 1024}],
              "vif": ["mac=%2$s,bridge=xenbr0"],
              "on_poweroff": "destroy", "on_reboot": "restart", "on_crash": "restart"}}"""
        .formatted(key, mac, uuid);
  }
}
