package org.quattor.ncm.xen.translate;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.guestfile.Quoting;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.XlSetting;

/** What settings of {@code xl} ask of each other. */
final class SettingCombinations {

  private static final ImmutableList<String> OF_VNC =
      ImmutableList.of("vnclisten", "vncdisplay", "vncunused", "vncpasswd", "keymap");

  private static final ImmutableSet<String> PV_FIRMWARE = ImmutableSet.of("pvgrub32", "pvgrub64");

  private final GuestOptions options;
  private final Findings findings;

  SettingCombinations(GuestOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  void check(String type) {
    boolean hvm = type.equals("hvm");
    bootloader();
    display();
    if (!hvm) {
      firmware();
      vncOfPv(type);
      memoryMap();
    }
    if (has("device_model_override") && !has("device_model_version")) {
      report(
          "device_model_override",
          "there is no device_model_version",
          "device_model_version beside it",
          "say qemu-xen, which is what every supported Xen has");
    }
  }

  private void bootloader() {
    boolean loader = !Strings.nullToEmpty(options.boot().bootloader()).isEmpty();
    for (String key :
        ImmutableList.of("bootloader_args", "bootloader_restrict", "bootloader_user")) {
      if (has(key) && !loader) {
        report(key, "there is no bootloader", "bootloader beside it", "");
      }
    }
    if (has("bootloader_args") && !Strings.nullToEmpty(options.boot().bootargs()).isEmpty()) {
      report("bootloader_args", "it stands beside bootargs", "one of the two", "");
    }
  }

  /** What follows a colon in the address is the display for xl, in an IPv6 address too. */
  private void display() {
    boolean colon =
        options
            .setting("vnclisten")
            .filter(listen -> listen.value() instanceof XlSetting.Text)
            .map(listen -> ((XlSetting.Text) listen.value()).text().contains(":"))
            .orElse(false);
    if (colon && has("vncdisplay")) {
      report(
          "vncdisplay",
          "vnclisten has a colon, and xl takes what follows it for the display",
          "one of the two, or an address without colon",
          "");
    }
  }

  private void firmware() {
    options
        .setting("firmware")
        .filter(setting -> setting.value() instanceof XlSetting.Text)
        .ifPresent(
            setting -> {
              String name = ((XlSetting.Text) setting.value()).text();
              if (!name.isEmpty() && !PV_FIRMWARE.contains(name)) {
                report(
                    "firmware",
                    Quoting.shown(name) + " is no firmware of a pv or pvh guest",
                    "pvgrub32 or pvgrub64",
                    "");
              } else if (!Strings.nullToEmpty(options.boot().kernel()).isEmpty()) {
                report("firmware", "it stands beside kernel", "one of the two", "");
              }
            });
  }

  private void vncOfPv(String type) {
    if (type.equals("pvh")) {
      return;
    }
    boolean on =
        options
            .setting("vnc")
            .map(vnc -> vnc.value().equals(new XlSetting.Flag(true)))
            .orElse(false);
    boolean frameBuffer = !Strings.nullToEmpty(options.vfb()).isBlank();
    if (on && frameBuffer) {
      report("vnc", "it stands beside vfb, and xl then passes over it", "one of the two", "");
    }
    for (String key : OF_VNC) {
      if (has(key) && !on) {
        report(key, "xl reads it only with vnc", "vnc = true beside it", "");
      }
    }
  }

  /** With PCI devices xl turns it on, whatever is said of it. */
  private void memoryMap() {
    boolean off =
        options
            .setting("e820_host")
            .map(setting -> setting.value().equals(new XlSetting.Flag(false)))
            .orElse(false);
    boolean devices =
        options
            .setting("pci")
            .map(setting -> !GuestSettings.texts(setting).isEmpty())
            .orElse(false);
    if (off && devices) {
      report(
          "e820_host",
          "it is false beside pci, and xl then passes over it",
          "true, or nothing, for a pv guest with PCI devices",
          "");
    }
  }

  private boolean has(String key) {
    return options.setting(key).isPresent();
  }

  private void report(String key, String found, String expected, String hint) {
    findings.add(
        "XEN258", options.path() + "/" + key, "found", found, "expected", expected, "hint", hint);
  }
}
