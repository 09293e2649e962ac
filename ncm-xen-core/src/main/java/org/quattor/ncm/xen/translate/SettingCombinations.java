package org.quattor.ncm.xen.translate;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.quattor.ncm.xen.finding.Findings;
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
      report("XEN258.device-model", "device_model_override");
    }
  }

  private void bootloader() {
    boolean loader = !Strings.nullToEmpty(options.boot().bootloader()).isEmpty();
    for (String key :
        ImmutableList.of("bootloader_args", "bootloader_restrict", "bootloader_user")) {
      if (has(key) && !loader) {
        report("XEN258.bootloader", key);
      }
    }
    if (has("bootloader_args") && !Strings.nullToEmpty(options.boot().bootargs()).isEmpty()) {
      report("XEN258.bootargs", "bootloader_args");
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
      report("XEN258.display", "vncdisplay");
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
                report("XEN258.firmware", "firmware", "firmware", name);
              } else if (!Strings.nullToEmpty(options.boot().kernel()).isEmpty()) {
                report("XEN258.kernel", "firmware");
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
      report("XEN258.vfb", "vnc");
    }
    for (String key : OF_VNC) {
      if (has(key) && !on) {
        report("XEN258.vnc", key);
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
      report("XEN258.memory-map", "e820_host");
    }
  }

  private boolean has(String key) {
    return options.setting(key).isPresent();
  }

  private void report(String form, String key, Object... values) {
    findings.add(form, options.path() + "/" + key, values);
  }
}
