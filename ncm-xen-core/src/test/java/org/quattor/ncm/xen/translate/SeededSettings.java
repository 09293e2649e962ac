package org.quattor.ncm.xen.translate;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.model.XlSetting;

/**
 * The options that are written as they are declared, for {@link SeededGuests}; with each what
 * {@code xl} 4.17 shows of it, its defaults left out as it leaves them out.
 */
final class SeededSettings {

  private final Random random;
  private final Toolstack dialect;
  private final Supplier<String> text;
  private final GuestBuilder guest;
  private final String type;

  private SeededSettings(
      Random random, Toolstack dialect, Supplier<String> text, GuestBuilder guest) {
    this.random = random;
    this.dialect = dialect;
    this.text = text;
    this.guest = guest;
    this.type = guest.type == null ? "pv" : guest.type;
  }

  /** Declares some of them for a guest that has all its other options. */
  static void add(Random random, Toolstack dialect, Supplier<String> text, GuestBuilder guest) {
    SeededSettings settings = new SeededSettings(random, dialect, text, guest);
    settings.share();
    settings.boot();
    settings.devices();
    settings.machine();
    settings.screen();
    settings.emulator();
  }

  private void share() {
    number("cpu_weight", 1 + random.nextInt(65535), "b_info.sched_params.weight");
    number("cap", random.nextInt(800), "b_info.sched_params.cap");
    choice("pool", "c_info.pool_name", "fast", "Pool-0", "a.b+c");
    choice("cpus_soft", null, "0-1", "0,3", "2");
    choice(
        "on_watchdog",
        "on_watchdog",
        "destroy=",
        "restart",
        "preserve",
        "rename-restart=restart_rename");
    choice("on_soft_reset", null, "soft-reset", "destroy", "coredump-restart");
  }

  private void boot() {
    if (type.equals("hvm")) {
      choice("firmware", "b_info.type.hvm.bios", "uefi=ovmf", "seabios", "rombios", "bios=");
    }
    choice("boot", "b_info.type.hvm.boot", "c", "cn", "dcn");
    if (guest.bootloader != null && guest.bootargs == null) {
      texts("bootloader_args", "b_info.bootloader_args");
    }
  }

  private void devices() {
    if (wanted("pci")) {
      int bus = 1 + random.nextInt(255);
      int device = 1 + random.nextInt(31);
      int function = 1 + random.nextInt(7);
      String one = String.format("%02x:%02x.%d", bus, device, function);
      // Without a policy xl shows one, or none, that is none of what was declared.
      put(
          "pci",
          new XlSetting.Texts(
              ImmutableList.of(
                  one + ",rdm_policy=strict", "2:" + one + "@5,permissive=1,rdm_policy=strict")));
      for (int i = 0; i < 2; i++) {
        String at = "pcidevs[" + i + "].";
        show(at + "bus", bus);
        show(at + "dev", device);
        show(at + "func", function);
        show(at + "vfunc_mask", 1);
        show(at + "rdm_policy", "strict");
      }
      show("pcidevs[1].domain", 2);
      show("pcidevs[1].vdevfn", 5 << 3);
      show("pcidevs[1].permissive", true);
      if (dialect == Toolstack.XL && type.equals("pv")) {
        show("b_info.type.pv.e820_host", "True");
      }
    } else {
      flag("e820_host", "b_info.type.pv.e820_host");
    }
    choice("passthrough", "c_info.passthrough", "disabled", "enabled", "sync_pt", "share_pt");
    if (wanted("usbctrl")) {
      int version = 1 + random.nextInt(3);
      int ports = 1 + random.nextInt(31);
      String one = "version=" + version + ",ports=" + ports;
      put("usbctrl", new XlSetting.Texts(ImmutableList.of("type=auto," + one, "type=qusb," + one)));
      for (int i = 0; i < 2; i++) {
        show("usbctrls[" + i + "].devid", i);
        show("usbctrls[" + i + "].version", version);
        show("usbctrls[" + i + "].ports", ports);
      }
      show("usbctrls[1].type", "qusb");
    }
    if (wanted("usbdev")) {
      int address = 1 + random.nextInt(127);
      String one = "type=hostdev,hostbus=2,hostaddr=" + address;
      put("usbdev", new XlSetting.Texts(ImmutableList.of(one)));
      show("usbdevs[0].type.hostdev.hostbus", 2);
      show("usbdevs[0].type.hostdev.hostaddr", address);
    }
    flag("usb", "b_info.type.hvm.usb");
    texts("usbdevice", "b_info.type.hvm.usbdevice_list");
    texts("serial", "b_info.type.hvm.serial_list");
  }

  private void machine() {
    flag("localtime", "b_info.localtime");
    number("rtc_timeoffset", 1 + random.nextInt(9999), "b_info.rtc_timeoffset");
    // Of this key xl says aloud that it read it.
    choice("tsc_mode", "b_info.tsc_mode", "default=", "always_emulate", "native");
    flag("acpi", "b_info.acpi");
    flag("apic", "b_info.apic");
    flag("pae", "b_info.type.hvm.pae");
    flag("nx", "b_info.type.hvm.nx");
    flag("hpet", "b_info.type.hvm.hpet");
    flag("hap", "c_info.hap");
    flag("nestedhvm", "b_info.nested_hvm");
    flag("xen_platform_pci", "b_info.type.hvm.xen_platform_pci");
    choice("altp2m", "b_info.altp2m", "disabled=", "mixed", "external", "limited");
    choice("ms_vm_genid", null, "none");
    if (wanted("viridian")) {
      put("viridian", new XlSetting.Texts(ImmutableList.of("base", "!freq")));
      show("b_info.type.hvm.viridian_enable[0]", 0);
      show("b_info.type.hvm.viridian_disable[0]", 1);
    }
  }

  /** A pv guest has a screen only with vnc, and not beside vfb. */
  private void screen() {
    choice("vga", "b_info.type.hvm.vga.kind", "none", "stdvga=std", "cirrus", "qxl");
    if (wanted("videoram")) {
      int mib = 1 + random.nextInt(64);
      put("videoram", new XlSetting.Whole(mib));
      show("b_info.video_memkb", mib * 1024);
    }
    flag("nographic", "b_info.type.hvm.nographic");
    boolean frameBuffer = dialect == Toolstack.XL && !type.equals("hvm");
    if (frameBuffer && (guest.vfb != null || !wanted("vnc"))) {
      return;
    }
    String at = frameBuffer ? "vfbs[0]." : "b_info.type.hvm.";
    if (frameBuffer) {
      put("vnc", new XlSetting.Flag(true));
      show("vfbs[0].devid", 0);
      show("vkbs[0].devid", 0);
      show("vfbs[0].vnc.enable", "True");
    } else {
      flag("vnc", at + "vnc.enable");
    }
    // What follows a colon would be the display.
    if (random.nextBoolean()) {
      choice("vnclisten", at + "vnc.listen", "::", "127.0.0.1", "dom0.example.org");
    } else {
      choice("vnclisten", at + "vnc.listen", "127.0.0.1", "dom0.example.org");
      number("vncdisplay", 1 + random.nextInt(99), at + "vnc.display");
    }
    flag("vncunused", at + "vnc.findunused");
    if (wanted("vncpasswd")) {
      String password = text.get();
      put("vncpasswd", new XlSetting.Text(password));
      show(at + "vnc.passwd", password);
    }
    choice("keymap", at + "keymap", "de", "en-us");
  }

  private void emulator() {
    if (wanted("device_model_override")) {
      put("device_model_override", new XlSetting.Text("/opt/dm"));
      show("b_info.device_model", "/opt/dm");
      put("device_model_version", new XlSetting.Text("qemu-xen"));
      show("b_info.device_model_version", "qemu_xen");
    }
    choice("device_model_user", "b_info.device_model_user", "xenqemu");
    flag("dm_restrict", "b_info.dm_restrict");
    texts("device_model_args", "b_info.extra");
    texts("device_model_args_pv", "b_info.extra_pv");
    texts("device_model_args_hvm", "b_info.extra_hvm");
    if (wanted("nomigrate")) {
      guest.settings.add(setting("nomigrate", true, new XlSetting.Flag(true)));
      show("b_info.disable_migrate", "True");
    }
  }

  private void number(String key, int value, String shown) {
    if (wanted(key)) {
      put(key, new XlSetting.Whole(value));
      show(shown, value);
    }
  }

  private void flag(String key, String shown) {
    if (wanted(key)) {
      boolean on = random.nextBoolean();
      put(key, new XlSetting.Flag(on));
      show(shown, on ? "True" : "False");
    }
  }

  /** Each value may be followed by = and how xl shows it: not at all where that is empty. */
  private void choice(String key, String shown, String... values) {
    if (wanted(key)) {
      String[] chosen = values[random.nextInt(values.length)].split("=", 2);
      put(key, new XlSetting.Text(chosen[0]));
      String as = chosen.length == 2 ? chosen[1] : chosen[0];
      if (shown != null && !as.isEmpty()) {
        show(shown, as);
      }
    }
  }

  private void texts(String key, String shown) {
    if (wanted(key)) {
      int most = dialect == Toolstack.XL ? 4 : 1;
      List<String> values = new ArrayList<>();
      IntStream.rangeClosed(0, random.nextInt(most)).forEach(i -> values.add(text.get()));
      put(key, new XlSetting.Texts(ImmutableList.copyOf(values)));
      for (int i = 0; i < values.size(); i++) {
        show(shown + "[" + i + "]", values.get(i));
      }
    }
  }

  /** One of four guests has a setting that its toolstack and its type know. */
  private boolean wanted(String key) {
    XlKey known = XlKey.BY_NAME.get(key);
    boolean able = dialect == Toolstack.XL ? known.appliesTo(type) : !known.xm().isEmpty();
    return able && random.nextInt(4) == 0;
  }

  private void put(String key, XlSetting.Value value) {
    guest.settings.add(setting(key, false, value));
  }

  private static XlSetting setting(String key, boolean extra, XlSetting.Value value) {
    String folder = extra ? "/extra_config/" : "/";
    return new XlSetting(GuestBuilder.PATH + folder + key, key, extra, value);
  }

  private void show(String leaf, Object value) {
    guest.shown.put(
        leaf, value instanceof Boolean on ? Ascii.toLowerCase(on.toString()) : value.toString());
  }

  /** Returns what Python shows of the settings of a guest, by the names of {@code xm}. */
  static Map<String, String> ofXm(List<XlSetting> settings) {
    Map<String, String> shown = new TreeMap<>();
    for (XlSetting setting : settings) {
      XlKey key = XlKey.BY_NAME.get(setting.key());
      XlSetting.Value value = setting.value();
      if (value instanceof XlSetting.Texts list && key.kinds().equals(ImmutableSet.of("list"))) {
        for (int i = 0; i < list.texts().size(); i++) {
          shown.put(key.xm() + "[" + i + "]", list.texts().get(i));
        }
      } else {
        shown.put(key.xm(), plain(value).get(0));
      }
    }
    return shown;
  }

  /** Returns a value, or the elements of a list, as text. */
  static List<String> plain(XlSetting.Value value) {
    if (value instanceof XlSetting.Texts list) {
      return list.texts();
    }
    if (value instanceof XlSetting.Flag flag) {
      return List.of(flag.on() ? "1" : "0");
    }
    return List.of(
        value instanceof XlSetting.Whole whole
            ? Long.toString(whole.number())
            : ((XlSetting.Text) value).text());
  }
}
