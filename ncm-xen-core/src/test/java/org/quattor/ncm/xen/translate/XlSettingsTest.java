package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.ModelReader;
import org.quattor.ncm.xen.model.XlSetting;
import org.quattor.ncm.xen.profile.ProfileReader;
import org.quattor.ncm.xen.schema.Schema;

/**
 * The options of a guest that are written as they are: from the profile through the schema to the
 * file, and what {@code xl} of Xen 4.17 makes of it. In texts {@code '} stands for {@code "}.
 */
class XlSettingsTest {

  /** Type of the guest, fields of options, lines of the file, what xl shows of it. */
  private static final String ROWS =
      """
      pv  | 'cpus_soft': '0-1', 'vcpus': 1 | cpus_soft = '0-1' | b_info.vcpu_soft_affinity[0][0]=0 b_info.vcpu_soft_affinity[0][1]=1
      pv  | 'cpu_weight': 512        | cpu_weight = 512            | b_info.sched_params.weight=512
      pv  | 'cap': 50                | cap = 50                    | b_info.sched_params.cap=50
      pv  | 'pool': 'fast'           | pool = 'fast'               | c_info.pool_name=fast
      pv  | 'on_watchdog': 'restart' | on_watchdog = 'restart'     | on_watchdog=restart
      pv  | 'on_soft_reset': 'destroy' | on_soft_reset = 'destroy' |
      pv  | 'bootloader': 'pygrub', 'bootloader_args': ['--entry=1', 'a b'] | bootloader_args = [;  '--entry=1',;  'a b',;] | b_info.bootloader_args[0]=--entry=1 b_info.bootloader_args[1]=a~b
      hvm | 'firmware': 'uefi'       | firmware = 'uefi'           | b_info.type.hvm.bios=ovmf
      hvm | 'firmware': '/opt/fw'    | firmware = '/opt/fw'        | b_info.type.hvm.firmware=/opt/fw
      hvm | 'boot': 'cn'             | boot = 'cn'                 | b_info.type.hvm.boot=cn
      pv  | 'pci': ['0000:03:00.1,permissive=1'] | pci = [;  '0000:03:00.1,permissive=1',;] | pcidevs[0].bus=3 pcidevs[0].func=1 pcidevs[0].permissive=true
      pv  | 'passthrough': 'disabled' | passthrough = 'disabled'   | c_info.passthrough=disabled
      pv  | 'e820_host': true        | e820_host = 1               | b_info.type.pv.e820_host=True
      pv  | 'usbctrl': ['type=auto,version=2,ports=8'] | usbctrl = [;  'type=auto,version=2,ports=8',;] | usbctrls[0].version=2 usbctrls[0].ports=8
      pv  | 'usbdev': ['type=hostdev,hostbus=1,hostaddr=3'] | usbdev = [;  'type=hostdev,hostbus=1,hostaddr=3',;] | usbdevs[0].type.hostdev.hostbus=1 usbdevs[0].type.hostdev.hostaddr=3
      hvm | 'usb': true              | usb = 1                     | b_info.type.hvm.usb=True
      hvm | 'usbdevice': ['tablet', 'mouse'] | usbdevice = [;  'tablet',;  'mouse',;] | b_info.type.hvm.usbdevice_list[0]=tablet b_info.type.hvm.usbdevice_list[1]=mouse
      hvm | 'serial': ['pty', 'null'] | serial = [;  'pty',;  'null',;] | b_info.type.hvm.serial_list[0]=pty b_info.type.hvm.serial_list[1]=null
      hvm | 'vnc': true              | vnc = 1                     | b_info.type.hvm.vnc.enable=True
      hvm | 'vncdisplay': 7          | vncdisplay = 7              | b_info.type.hvm.vnc.display=7
      hvm | 'vnclisten': '::'        | vnclisten = '::'            | b_info.type.hvm.vnc.listen=::
      hvm | 'vncunused': false       | vncunused = 0               | b_info.type.hvm.vnc.findunused=False
      hvm | 'vncpasswd': 's,e"c'     | vncpasswd = 's,e\\'c'       | b_info.type.hvm.vnc.passwd=s,e"c
      hvm | 'keymap': 'de'           | keymap = 'de'               | b_info.type.hvm.keymap=de
      pv  | 'vnc': true, 'vncpasswd': 'x' | vnc = 1;vncpasswd = 'x' | vfbs[0].vnc.enable=True vfbs[0].vnc.passwd=x
      hvm | 'vga': 'stdvga'          | vga = 'stdvga'              | b_info.type.hvm.vga.kind=std
      hvm | 'videoram': 16           | videoram = 16               | b_info.video_memkb=16384
      hvm | 'nographic': true        | nographic = 1               | b_info.type.hvm.nographic=True
      hvm | 'localtime': true        | localtime = 1               | b_info.localtime=True
      hvm | 'rtc_timeoffset': 3600   | rtc_timeoffset = 3600       | b_info.rtc_timeoffset=3600
      hvm | 'rtc_timeoffset': 0      | rtc_timeoffset = 0          |
      hvm | 'rtc_timeoffset': -3600  | rtc_timeoffset = '-3600'    | b_info.rtc_timeoffset=4294963696
      pv  | 'tsc_mode': 'native'     | tsc_mode = 'native'         | b_info.tsc_mode=native
      hvm | 'acpi': false            | acpi = 0                    | b_info.acpi=False
      hvm | 'apic': false            | apic = 0                    | b_info.apic=False
      hvm | 'pae': true              | pae = 1                     | b_info.type.hvm.pae=True
      hvm | 'nx': true               | nx = 1                      | b_info.type.hvm.nx=True
      hvm | 'hpet': true             | hpet = 1                    | b_info.type.hvm.hpet=True
      hvm | 'hap': false             | hap = 0                     | c_info.hap=False
      hvm | 'viridian': ['defaults'] | viridian = [;  'defaults',;] | b_info.type.hvm.viridian=True
      hvm | 'nestedhvm': true        | nestedhvm = 1               | b_info.nested_hvm=True
      hvm | 'altp2m': 'mixed'        | altp2m = 'mixed'            | b_info.altp2m=mixed
      hvm | 'xen_platform_pci': false | xen_platform_pci = 0       | b_info.type.hvm.xen_platform_pci=False
      hvm | 'ms_vm_genid': 'none'    | ms_vm_genid = 'none'        |
      hvm | 'device_model_override': '/opt/dm', 'device_model_version': 'qemu-xen' | device_model_override = '/opt/dm';device_model_version = 'qemu-xen' | b_info.device_model=/opt/dm b_info.device_model_version=qemu_xen
      hvm | 'device_model_user': 'xenqemu' | device_model_user = 'xenqemu' | b_info.device_model_user=xenqemu
      hvm | 'dm_restrict': true      | dm_restrict = 1             | b_info.dm_restrict=True
      hvm | 'device_model_args': ['-a'] | device_model_args = [;  '-a',;] | b_info.extra[0]=-a
      hvm | 'device_model_args_hvm': ['-a'] | device_model_args_hvm = [;  '-a',;] | b_info.extra_hvm[0]=-a
      pv  | 'device_model_args_pv': ['-a'] | device_model_args_pv = [;  '-a',;] | b_info.extra_pv[0]=-a
      pvh | 'extra_config': {'pvshim': true, 'pvshim_extra': 'x'} | pvshim = 1;pvshim_extra = 'x' | b_info.type.pvh.pvshim=True b_info.type.pvh.pvshim_extra=x
      pv  | 'extra_config': {'max_grant_frames': 64, 'nomigrate': 1} | max_grant_frames = 64;nomigrate = 1 | b_info.max_grant_frames=64 b_info.disable_migrate=True
      hvm | 'extra_config': {'spice': true, 'spicepasswd': 'x', 'hdtype': 'ahci'} | hdtype = 'ahci';spice = 1;spicepasswd = 'x' | b_info.type.hvm.hdtype=ahci b_info.type.hvm.spice.enable=True b_info.type.hvm.spice.passwd=x
      pv  | 'extra_config': {'channel': ['connection=pty,name=a']} | channel = [;  'connection=pty,name=a',;] | channels[0].name=a
      """;

  @TempDir private Path folder;

  /** A row, taken apart. */
  private record Row(String type, String fields, String lines, Map<String, String> leaves) {

    static Row of(String line) {
      List<String> cells = Splitter.on('|').trimResults().splitToList(line);
      return new Row(
          cells.get(0),
          cells.get(1),
          cells.get(2).replace("\\'", "\\\"").replaceAll("(?<!\\\\)'", "\"").replace(';', '\n'),
          leaves(cells.get(3)));
    }

    private static Map<String, String> leaves(String cell) {
      Map<String, String> leaves = new TreeMap<>();
      for (String leaf : Splitter.on(' ').omitEmptyStrings().split(cell)) {
        int equals = leaf.indexOf('=');
        leaves.put(leaf.substring(0, equals), leaf.substring(equals + 1).replace('~', ' '));
      }
      return leaves;
    }
  }

  private static ImmutableList<Row> rows() {
    return ROWS.lines().map(Row::of).collect(ImmutableList.toImmutableList());
  }

  private static GuestOptions options(String type, String fields) {
    String kernel = fields.contains("'firmware'") && !type.equals("hvm") ? "" : "'kernel': '/k', ";
    // A quotation mark within a value is written as in JSON.
    String text =
        """
        {"software": {"components": {"xen": {"domains": {"g": {"options": {
          "name": "g", "memory": 64, %s "type": "%s", %s}}}}}}}
        """
            .formatted(kernel, type, fields.replace("\"", "\\\""))
            .replace('\'', '"');
    Profile profile =
        new ProfileReader()
            .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
    var component = profile.find("/software/components/xen").orElseThrow();
    assertThat(Schema.builtIn().validate(component, profile)).as(text).isEmpty();
    ModelReader.Observed reading = ModelReader.read(component);
    assertThat(reading.findings()).isEmpty();
    return reading.configuration().guests().get("g").options();
  }

  private static Translation render(GuestOptions options, Toolstack dialect, XenVersion host) {
    return Translation.of(options, dialect, "vm", null, host);
  }

  @Test
  void everyTypedFieldHasARow() {
    String tested = rows().stream().map(Row::fields).collect(Collectors.joining(" "));
    assertThat(XlKey.BY_NAME.values())
        .filteredOn(key -> key.field().equals(key.name()) && !key.own() && key.since() == null)
        .allSatisfy(key -> assertThat(tested).contains("'" + key.name() + "'"));
  }

  @Test
  void everyFieldIsWrittenAsItIsDeclared() {
    for (Row row : rows()) {
      Translation file = render(options(row.type, row.fields), Toolstack.XL, new XenVersion(4, 17));
      assertThat(file.findings()).as(row.fields).isEmpty();
      assertThat(file.text()).as(row.fields).contains(row.lines + "\n");
      assertThat(file.text().lines().filter(line -> line.contains(" = ")))
          .extracting(line -> line.substring(0, line.indexOf(" = ")))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void xlReadsEveryFieldAsItIsDeclared() throws Exception {
    RealXl xl = RealXl.orSkip(folder);
    List<String> texts = new ArrayList<>();
    for (Row row : rows()) {
      texts.add(render(options(row.type, row.fields), Toolstack.XL, null).text());
    }
    List<RealXl.Answer> answers = xl.read(texts);
    for (int i = 0; i < texts.size(); i++) {
      RealXl.Answer answer = answers.get(i);
      assertThat(answer.exit()).as(texts.get(i) + answer.errors()).isZero();
      // Of this key xl says aloud that it read it.
      assertThat(answer.errors().replace("got a tsc mode string: \"native\"", ""))
          .as(texts.get(i))
          .isEmpty();
      assertThat(answer.leaves()).as(texts.get(i)).containsAllEntriesOf(rows().get(i).leaves);
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          XEN250 | pv  | 'extra_config': {'brige': 'x'}          | /extra_config/brige
          XEN251 | pv  | 'extra_config': {'cpu_weight': 1}       | /extra_config/cpu_weight
          XEN251 | pv  | 'extra_config': {'memory': 1}           | /extra_config/memory
          XEN252 | pv  | 'extra_config': {'max_grant_frames': '64'} | /extra_config/max_grant_frames
          XEN252 | hvm | 'extra_config': {'spice': 2}            | /extra_config/spice
          XEN252 | pv  | 'extra_config': {'vnuma': [['a']]}      | /extra_config/vnuma
          XEN252 | pv  | 'extra_config': {'seclabel': {'a': 1}}  | /extra_config/seclabel
          XEN252 | pv  | 'extra_config': {'irqs': [5]}           | /extra_config/irqs
          XEN253 | pv  | 'bootloader': 'pygrub', 'bootloader_restrict': true | /bootloader_restrict
          XEN253 | hvm | 'extra_config': {'hvm_pirq': false}     | /extra_config/hvm_pirq
          XEN254 | pv  | 'extra_config': {'cpu_cap': 5}          | /extra_config/cpu_cap
          XEN254 | pv  | 'extra_config': {'device_model': 'x'}   | /extra_config/device_model
          XEN255 | pv  | 'boot': 'n'                             | /boot
          XEN255 | pvh | 'vnc': true                             | /vnc
          XEN258 | pv  | 'bootloader_args': ['a']                | /bootloader_args
          XEN258 | pv  | 'bootloader': 'pygrub', 'bootargs': 'a', 'bootloader_args': ['a'] | /bootloader_args
          XEN258 | pv  | 'firmware': 'uefi'                      | /firmware
          XEN258 | pv  | 'vncdisplay': 1                         | /vncdisplay
          XEN258 | pv  | 'vnc': true, 'vfb': 'vnc=1'             | /vnc
          XEN258 | hvm | 'device_model_override': '/x'           | /device_model_override
          XEN258 | pv  | 'pci': ['3:0.1'], 'e820_host': false    | /e820_host
          XEN258 | hvm | 'vnclisten': '::', 'vncdisplay': 3        | /vncdisplay
          XEN241 | pv  | 'cpus_soft': 'x'                        | /cpus_soft
          """)
  void whatXlWouldPassOverIsAFinding(String id, String type, String fields, String path) {
    Translation file = render(options(type, fields), Toolstack.XL, new XenVersion(4, 17));
    assertThat(file.findings())
        .extracting(Finding::id, finding -> finding.path().replaceFirst(".*/options", ""))
        .contains(org.assertj.core.groups.Tuple.tuple(id, path));
    if (id.matches("XEN25[02345]")) {
      String key = path.substring(path.lastIndexOf('/') + 1);
      assertThat(file.text()).doesNotContain("\n" + key + " = ");
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          hvm | 'extra_config': {'spise': true}       | "spise" is an unknown key; expected a key of xl.cfg(5) (did you mean spice?)
          hvm | 'extra_config': {'xyzzyx': 1}      | "xyzzyx" is an unknown key; expected a key of xl.cfg(5) (remove it, because xl ignores it)
          hvm | 'extra_config': {'spice': 'x'}        | is a string; expected a boolean
          hvm | 'extra_config': {'spice': 2}          | is a long; expected a boolean
          hvm | 'extra_config': {'gfx_passthru': 1.5} | is a double; expected a boolean or string
          hvm | 'extra_config': {'irqs': true}        | is a boolean; expected a list of strings
          hvm | 'extra_config': {'hdtype': ['a']}     | is a list of strings; expected a string
          hvm | 'extra_config': {'irqs': [5]}         | is a list of other things than strings; expected a list of strings
          hvm | 'extra_config': {'vnuma': 1}          | vnuma needs lists in lists, which extra_config cannot contain; expected another key (remove it)
          hvm | 'extra_config': {'mmio_hole': 'x'}    | is a string; expected a long
          pv  | 'extra_config': {'device_model': 'x'} | xl does not read device_model; expected device_model_override (remove it, because xl ignores it)
          pvh | 'boot': 'n'                           | xl does not read boot for a guest of type pvh; expected a guest of type hvm (remove it, or set type to hvm)
          """)
  void theFindingSaysWhatIsReadInstead(String type, String fields, String sentence) {
    Translation file = render(options(type, fields), Toolstack.XL, new XenVersion(4, 17));
    assertThat(file.findings().get(0).sentence()).endsWith(": " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          hvm | 'vnclisten': '192.0.2.1', 'vncdisplay': 3
          pv  | 'vnc': false, 'vfb': 'vnc=1'
          pv  | 'e820_host': true, 'pci': ['3:0.1']
          pv  | 'e820_host': false, 'pci': []
          pv  | 'firmware': 'pvgrub64'
          """)
  void whatGoesTogetherIsNoFinding(String type, String fields) {
    assertThat(render(options(type, fields), Toolstack.XL, null).findings()).isEmpty();
  }

  @Test
  void firmwareStandsInPlaceOfAKernel() {
    GuestBuilder guest = new GuestBuilder();
    guest.setting("firmware", false, new XlSetting.Text("pvgrub64"));
    assertThat(guest.xl().findings())
        .extracting(Finding::id, Finding::found)
        .contains(org.assertj.core.groups.Tuple.tuple("XEN258", "kernel is declared too"));
  }

  /** A site's own field of that name, and the same key in extra_config. */
  @Test
  void aKeyThatIsThereTwiceIsAnError() {
    GuestBuilder guest = new GuestBuilder();
    guest.type = "hvm";
    guest.setting("spice", false, new XlSetting.Flag(true));
    guest.setting("spice", true, new XlSetting.Flag(false));
    assertThat(guest.xl().findings())
        .extracting(Finding::sentence)
        .containsExactly(
            GuestBuilder.PATH
                + "/spice: the key is declared twice; expected one value for spice"
                + " (keep one of them)");
    assertThat(guest.xl().text()).contains("spice = 1\n").doesNotContain("spice = 0\n");

    GuestBuilder old = new GuestBuilder();
    old.setting("cap", false, new XlSetting.Whole(50));
    old.setting("cpu_cap", false, new XlSetting.Whole(60));
    assertThat(old.xm().findings()).extracting(Finding::id).containsExactly("XEN257");
    assertThat(old.xm().text()).contains("cpu_cap = 50\n");
  }

  @Test
  void aGuestWithoutATypeIsReadAsPv() {
    GuestBuilder guest = new GuestBuilder();
    guest.setting("boot", false, new XlSetting.Text("n"));
    assertThat(guest.xl().findings().get(0).found())
        .isEqualTo("xl does not read boot for a guest of type pv, the default");
  }

  @Test
  void aSettingThatNoFileCanHoldIsAnErrorAndNotWritten() {
    GuestBuilder guest = new GuestBuilder();
    guest.setting("pool", false, new XlSetting.Text("a\u0000"));
    guest.setting("irqs", true, new XlSetting.Texts(ImmutableList.of("1", "2\u0000")));
    guest.setting("pci", false, new XlSetting.Texts(ImmutableList.of("3", "4\u0000")));
    assertThat(guest.xl().findings())
        .extracting(Finding::id)
        .containsExactly("XEN200", "XEN200", "XEN200");
    assertThat(guest.xl().text()).doesNotContain("pool", "irqs", "pci");
    guest.settings.removeIf(setting -> !setting.key().equals("pci"));
    assertThat(guest.xm().findings()).extracting(Finding::id).containsExactly("XEN200");
    assertThat(guest.xm().text()).doesNotContain("pci");
  }

  @Test
  void aKeyThatIsNewerThanTheHostIsWrittenOnlyWhereItIsRead() {
    GuestOptions options = options("pv", "'bootloader': 'pygrub', 'bootloader_restrict': true");
    assertThat(render(options, Toolstack.XL, new XenVersion(4, 17)).text())
        .doesNotContain("bootloader_restrict");
    assertThat(render(options, Toolstack.XL, new XenVersion(4, 18)))
        .satisfies(file -> assertThat(file.findings()).isEmpty())
        .satisfies(file -> assertThat(file.text()).contains("bootloader_restrict = 1\n"));
  }

  @Test
  void noFindingRepeatsAPassword() {
    GuestOptions options =
        options("pvh", "'vncpasswd': 'hush', 'extra_config': {'spicepasswd': 'hush'}");
    assertThat(render(options, Toolstack.XL, null).findings().toString()).doesNotContain("hush");
    assertThat(render(options, Toolstack.XM, null).findings().toString()).doesNotContain("hush");
  }

  @Test
  void xmGetsWhatItKnowsUnderItsOwnNames() {
    GuestOptions options =
        options(
            "hvm", "'cap': 50, 'acpi': true, 'boot': 'cn', 'serial': ['pty'], 'pci': ['03:00.0']");
    Translation file = render(options, Toolstack.XM, null);
    assertThat(file.findings()).isEmpty();
    assertThat(file.text())
        .contains("cpu_cap = 50\n", "acpi = 1\n", "boot = 'cn'\n", "serial = 'pty'\n")
        .contains("pci = ['03:00.0']\n");
  }

  @Test
  void whatXmDoesNotKnowIsAnError() {
    GuestOptions options =
        options(
            "hvm",
            "'cpus_soft': '0', 'serial': ['pty', 'null'], 'nics': [{'mtu': 9000}],"
                + " 'extra_config': {'spice': true}");
    assertThat(render(options, Toolstack.XM, null).findings())
        .extracting(Finding::found)
        .containsExactlyInAnyOrder(
            "xm does not support cpus_soft",
            "xm supports only one value of serial",
            "xm does not support mtu",
            "xm does not support spice");
    assertThat(render(options, Toolstack.XM, null).findings())
        .extracting(Finding::id, finding -> finding.path().replaceFirst(".*/options/", ""))
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("XEN256", "cpus_soft"),
            org.assertj.core.groups.Tuple.tuple("XEN256", "serial"),
            org.assertj.core.groups.Tuple.tuple("XEN256", "nics/0"),
            org.assertj.core.groups.Tuple.tuple("XEN256", "extra_config/spice"));
  }

  @Test
  void typedInterfacesAreVifs() {
    GuestOptions options =
        options(
            "pv",
            "'nics': [{'mac': '00-16-3E-00-00-01', 'bridge': 'xenbr0', 'rate': '10Mb/s',"
                + " 'mtu': 9000, 'trusted': false}, {}]");
    Translation file = render(options, Toolstack.XL, new XenVersion(4, 17));
    assertThat(file.findings()).isEmpty();
    assertThat(file.text())
        .contains(
            "vif = [\n"
                + "  \"mac=00:16:3e:00:00:01,bridge=xenbr0,rate=10Mb/s,mtu=9000,untrusted\",\n"
                + "  \"\",\n]\n");
  }
}
