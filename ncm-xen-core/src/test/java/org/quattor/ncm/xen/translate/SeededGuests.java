package org.quattor.ncm.xen.translate;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.model.Disk.Access;

/** Guests that can be written without an error, with text as odd as the dialect allows. */
final class SeededGuests {

  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "0",
          " ",
          "  ",
          "'",
          "\"",
          "\\",
          "\\\\",
          "\\n",
          "\\x41",
          "\\101",
          "'''",
          "[",
          "]",
          "(",
          ")",
          "{",
          "}",
          "#",
          ";",
          ":",
          "=",
          "%s",
          "$HOME",
          "`id`",
          "&",
          "|",
          "<",
          ">",
          "*",
          "?",
          "+",
          "é",
          "日本",
          "\uD83D\uDE00",
          "\u00a0",
          "\u0301",
          "vm",
          "console=hvc0",
          "ks=http://h/k?x=1",
          "';import os#",
          "\",\"",
          "','",
          "${x}");

  private static final List<String> CONTROLS =
      List.of("\t", "\n", "\r", "\u0007", "\b", "\f", "\u000b");

  private final Random random;
  private final boolean xl;

  SeededGuests(long seed, Toolstack dialect) {
    this.random = new Random(seed);
    this.xl = dialect == Toolstack.XL;
  }

  GuestBuilder next() {
    GuestBuilder guest = new GuestBuilder();
    guest.name = text(12);
    guest.memory = 1 + random.nextInt(100_000);
    guest.maxmem = maybe() ? guest.memory + random.nextInt(1000) : null;
    guest.vcpus = maybe() ? 1L + random.nextInt(8) : null;
    guest.maxVcpus = maybe() ? (guest.vcpus == null ? 1 : guest.vcpus) + random.nextInt(4) : null;
    guest.cpus = maybe() ? one("0-3,^1", "0, 5", "all", "['0']", "3") : null;
    guest.onPoweroff = maybe() ? action() : null;
    guest.onReboot = maybe() ? action() : null;
    guest.onCrash = maybe() ? action() : null;
    guest.uuid = maybe() ? uuid() : null;
    disks(guest);
    vifs(guest);
    boot(guest);
    if (maybe()) {
      String password = text(6).replaceAll("[,'\\\\\\[\\]\\p{Cntrl}]", "");
      guest.vfb =
          maybe()
              ? "['type=vnc,vncunused=1']"
              : "[\"vnc=1,vncpasswd=" + password.replace("\"", "") + ",keymap=de\"]";
    }
    guest.vtpm = maybe() ? "['backend=tpm-" + random.nextInt(9) + "']" : null;
    if (random.nextInt(8) == 0) {
      guest.downloads.add("wget " + text(4));
    }
    SeededSettings.add(random, xl ? Toolstack.XL : Toolstack.XM, () -> text(6), guest);
    return guest;
  }

  private void boot(GuestBuilder guest) {
    guest.type = maybe() ? (xl ? one("pv", "pvh", "hvm") : one("pv", "hvm")) : null;
    guest.builder = guest.type == null && maybe() ? one("linux", "generic") : null;
    boolean hvm = "hvm".equals(guest.type);
    guest.kernel = hvm || maybe() ? "/boot/" + text(5) : null;
    guest.bootloader =
        hvm
            ? null
            : guest.kernel == null || maybe()
                ? one("pygrub", "/usr/bin/pygrub", "/opt/" + text(4))
                : null;
    if (guest.bootloader != null && maybe()) {
      boolean reference = guest.vifs != null && !guest.vifs.isEmpty() && maybe();
      guest.bootargs = reference ? "vif[" + random.nextInt(guest.vifs.size()) + "]" : text(8);
    }
    guest.ramdisk = maybe() ? "/boot/" + text(5) : null;
    if (maybe()) {
      guest.cmdline = text(30);
    } else {
      guest.root = maybe() ? "/dev/xvda1 ro" : null;
      guest.extra = maybe() ? text(20) : null;
      guest.ip = maybe() ? "10.0.0." + random.nextInt(256) : null;
      guest.netmask = maybe() ? "255.255.255.0" : null;
      guest.gateway = guest.ip != null && maybe() ? "10.0.0.1" : null;
      guest.hostname = guest.ip != null && maybe() ? "vm" + random.nextInt(9) : null;
      guest.nfsServer = maybe() ? "10.0.0.254" : null;
      guest.nfsRoot = guest.nfsServer != null && maybe() ? "/srv/root" : null;
    }
  }

  private void disks(GuestBuilder guest) {
    if (maybe()) {
      return;
    }
    guest.noDisks();
    for (int i = random.nextInt(6) == 0 ? 40 : random.nextInt(3); i > 0; i--) {
      String device = "xvd" + (char) ('a' + i % 26) + (i >= 26 ? "1" : "");
      Access access = maybe() ? Access.READ_ONLY : Access.READ_WRITE;
      switch (random.nextInt(3)) {
        case 0 -> guest.lvm("vg", "vm" + i, device, access, one(null, "", "tap:aio", "tap2:vhd"));
        case 1 -> {
          ImageFormat format = maybe() ? ImageFormat.RAW : ImageFormat.QCOW2;
          String path = "/srv/" + path() + i;
          boolean script = xl && format == ImageFormat.RAW;
          guest.file(script ? path.replaceAll("[^ -~]|\\\\", "") : path, device, access, format);
        }
        default -> {
          String path = "/dev/" + path();
          guest.phy(xl ? path.replaceAll("[^!-~]|[\\\\*?\\[]", "") : path, device, access);
        }
      }
    }
  }

  private void vifs(GuestBuilder guest) {
    if (maybe()) {
      return;
    }
    guest.noVifs();
    if (maybe()) {
      nics(guest);
      return;
    }
    for (int i = random.nextInt(6) == 0 ? 30 : random.nextInt(3); i > 0; i--) {
      String mac = "00:16:3E:%02x:%02X:%02x".formatted(random.nextInt(256), random.nextInt(256), i);
      guest.vif(
          one(
              "mac=" + mac + ", bridge=xenbr" + i,
              "bridge=br+" + i + ",mac=" + mac.replace(':', '-'),
              "",
              "ip=10.0.0.1 10.0.0.2,vifname=v" + i + ".0,model=e1000,mtu=9000"));
    }
  }

  private void nics(GuestBuilder guest) {
    for (int i = random.nextInt(3); i > 0; i--) {
      guest.nic("mac", "00:16:3e:00:00:%02x".formatted(random.nextInt(256)), "bridge", "xenbr" + i);
      if (xl) {
        guest.nic("gatewaydev", "eth" + i, "devid", "" + (i + 40), "mtu", "9000", "trusted", "");
        guest.nic("rate", one("10Mb/s", "250KB/s@20ms"), "untrusted", "");
      }
      guest.nic(
          "type",
          one("vif", "ioemu"),
          "model",
          "e1000",
          "vifname",
          "v" + i,
          "script",
          "/a/vif b",
          "ip",
          "10.0.0.1 10.0.0.2",
          "backend",
          "net-" + i);
    }
  }

  private String action() {
    return one("destroy", "restart", "preserve", "rename-restart", "coredump-destroy");
  }

  /** A path without control characters, and for xm without what splits a disk. */
  private String path() {
    String path = text(8).replaceAll("\\p{Cntrl}", "");
    return xl ? path + one("", ",", ",,") : path.replaceAll("[,'\"]", "");
  }

  private String text(int most) {
    int count = 1 + random.nextInt(most);
    return random
        .ints(count, 0, PIECES.size())
        .mapToObj(i -> random.nextInt(20) == 0 ? CONTROLS.get(i % CONTROLS.size()) : PIECES.get(i))
        .collect(Collectors.joining());
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean maybe() {
    return random.nextBoolean();
  }

  /** Returns a uuid of the seed. */
  String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
