package org.quattor.ncm.xen.translate;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.XlSetting;

/** What a guest boots and with which type, in {@code xl}'s words. */
final class XlBoot {

  /** Where pygrub was; by its bare name xl finds it in any version. */
  private static final Pattern PYGRUB = Pattern.compile("/usr/(bin|lib(64)?/xen[^/]*/bin)/pygrub");

  private final GuestOptions options;
  private final GuestOptions.Boot boot;
  private final Findings findings;
  private final String type;

  XlBoot(GuestOptions options, Findings findings) {
    this.options = options;
    this.boot = options.boot();
    this.findings = findings;
    this.type = GuestType.read(options, findings);
  }

  /** Returns {@code pv}, {@code pvh}, {@code hvm}, or empty when the toolstack is to choose. */
  String type() {
    return type;
  }

  /** Returns the kernel; empty when there is none, or when it is xl's own for hvm. */
  String kernel() {
    String kernel = Strings.nullToEmpty(boot.kernel());
    boolean loader = type.equals("hvm") && kernel.matches("(.*/)?hvmloader");
    return loader ? "" : kernel;
  }

  /** Returns the bootloader as xl finds it; empty when there is none. */
  String bootloader() {
    String bootloader = Strings.nullToEmpty(boot.bootloader());
    return PYGRUB.matcher(bootloader).matches() ? "pygrub" : bootloader;
  }

  /** Returns the arguments of the bootloader, a vif resolved and free text split at blanks. */
  ImmutableList<String> arguments(@Nullable XenVersion xenVersion) {
    Optional<XlSetting> declared = options.setting("bootloader_args");
    if (declared.isPresent()) {
      return GuestSettings.texts(declared.get());
    }
    String bootargs = Strings.nullToEmpty(boot.bootargs());
    if (VifReference.isMeant(bootargs)) {
      // What is wrong with the vif is reported where the vif is written.
      return VifReference.resolve(options, bootargs, findings)
          .map(vif -> new XlVif(vif, xenVersion, new Findings()).device().text())
          .map(ImmutableList::of)
          .orElse(ImmutableList.of());
    }
    return ImmutableList.copyOf(
        Splitter.on(Pattern.compile("[ \\t\\r\\n]+")).omitEmptyStrings().split(bootargs));
  }

  /** Reports what does not go together. */
  void check() {
    String path = options.path();
    if (type.equals("hvm")) {
      checkHvm();
    } else if (kernel().isEmpty()
        && bootloader().isEmpty()
        && options.setting("firmware").isEmpty()) {
      findings.add("XEN213", path);
    }
    if (bootloader().isEmpty() && !Strings.nullToEmpty(boot.bootargs()).isEmpty()) {
      findings.add("XEN214", path + "/bootargs");
    }
    if (bootloader().equals("pypxeboot") || bootloader().endsWith("/pypxeboot")) {
      findings.add("XEN215", path + "/bootloader");
    }
  }

  private void checkHvm() {
    if (kernel().contains("hvmloader")) {
      findings.add("XEN214.hvmloader", options.path() + "/kernel");
    }
    if (!bootloader().isEmpty()) {
      findings.add("XEN214.hvm-bootloader", options.path() + "/bootloader");
    }
    boolean direct = !kernel().isEmpty();
    boolean told =
        !Strings.nullToEmpty(boot.ramdisk()).isEmpty()
            || new KernelArguments(options, new Findings()).line().isPresent();
    if (told && !direct) {
      findings.add("XEN214.hvm-arguments", options.path());
    }
  }
}
