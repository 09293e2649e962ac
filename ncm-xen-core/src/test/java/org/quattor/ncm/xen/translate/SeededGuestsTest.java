package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.model.XlSetting;
import org.quattor.ncm.xen.schema.Schema;

/** That no option is left out of what the real parsers are shown. */
class SeededGuestsTest {

  private static final Pattern FIELD = Pattern.compile("(?m)^    '(\\w+)' [:?]");

  /** What xl 4.17 does not know, so that only the documentation can be followed. */
  private static final ImmutableSet<String> FROM_DOCUMENTATION =
      ImmutableSet.of("bootloader_restrict", "bootloader_user", "nics/vlan");

  private final Set<String> declared = new TreeSet<>();

  @Test
  void everyOptionOfTheSchemaIsDeclaredInSomeGuest() {
    SeededGuests guests = new SeededGuests(1, Toolstack.XL);
    for (int i = 0; i < 1000; i++) {
      note(guests.next().options());
    }

    Set<String> fields = new TreeSet<>(fields("xen_domain_options", ""));
    fields.addAll(fields("xen_nic", "nics/"));
    assertThat(fields).hasSizeGreaterThan(90);
    assertThat(Sets.difference(fields, declared)).isEqualTo(FROM_DOCUMENTATION);
  }

  /** Returns the fields of a record of the schema, which is declared line by line. */
  private static Set<String> fields(String record, String before) {
    String pan = Schema.builtIn().pan();
    int start = pan.indexOf("type " + record + " = {");
    return FIELD
        .matcher(pan.substring(start, pan.indexOf("\n};", start)))
        .results()
        .map((MatchResult field) -> before + field.group(1))
        .collect(ImmutableSet.toImmutableSet());
  }

  private void note(GuestOptions options) {
    declared.add("name");
    declared.add("memory");
    note("maxmem", options.maxMemoryMib());
    note("vcpus", options.vcpus());
    note("maxvcpus", options.maxVcpus());
    note("cpus", options.cpus());
    note("uuid", options.uuid());
    note("vfb", options.vfb());
    note("vtpm", options.vtpm());
    note(options.boot());
    note(options.networkBoot());
    note("on_poweroff", options.events().onPoweroff());
    note("on_reboot", options.events().onReboot());
    note("on_crash", options.events().onCrash());
    note("disk", options.disks());
    options.allVifs().forEach(this::note);
    options.settings().forEach(this::note);
    if (!options.downloads().isEmpty()) {
      declared.add("download");
    }
  }

  private void note(GuestOptions.Boot boot) {
    note("type", boot.type());
    note("builder", boot.builder());
    note("kernel", boot.kernel());
    note("ramdisk", boot.ramdisk());
    note("root", boot.root());
    note("extra", boot.extra());
    note("cmdline", boot.cmdline());
    note("bootloader", boot.bootloader());
    note("bootargs", boot.bootargs());
  }

  private void note(GuestOptions.NetworkBoot boot) {
    note("ip", boot.ip());
    note("netmask", boot.netmask());
    note("gateway", boot.gateway());
    note("hostname", boot.hostname());
    note("nfs_server", boot.nfsServer());
    note("nfs_root", boot.nfsRoot());
  }

  private void note(Vif vif) {
    boolean typed = vif.path().contains("/nics/");
    declared.add(typed ? "nics" : "vif");
    if (typed) {
      vif.keys().keySet().forEach(key -> declared.add("nics/" + key));
    }
  }

  private void note(XlSetting setting) {
    declared.add(setting.extra() ? "extra_config" : setting.key());
  }

  private void note(String field, Object value) {
    if (value != null) {
      declared.add(field);
    }
  }
}
