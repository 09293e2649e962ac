package org.quattor.ncm.xen.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.Refused;
import org.quattor.ncm.xen.profile.ProfileReader;

/**
 * The verdicts of the Pan compiler (panc 10.9, original schema), one mutation of a good profile per
 * row. In texts {@code '} stands for {@code "}.
 *
 * <p>Rows 86 and 88 (undef) have no counterpart: a compiled profile holds no undef.
 */
class SchemaTruthTableTest {

  private static final String BASE =
      """
      {'software': {'components': {
        'xen': {
          'active': true,
          'dispatch': true,
          'create_domains': false,
          'create_filesystems': true,
          'domains': {'vm1': {
            'auto': true,
            'options': {
              'bootargs': '',
              'disk': [{
                'guestdevice': 'xvda',
                'hostdevice': 'xenvg',
                'hostvol': 'vm1',
                'rw': 'w',
                'size': 20480,
                'type': 'lvm'}],
              'memory': 512,
              'name': 'vm1',
              'vcpus': 1,
              'vif': ['mac=00:16:3e:11:22:31,bridge=xenbr0']}}},
          'network': {'bridges': {'xenbr0': {'netdev': 'eth0', 'vifnum': 0}}}
        },
        'spma': {'active': true, 'dispatch': true}
      }}}
      """;

  private final Schema schema = Schema.builtIn();

  private ImmutableList<Finding> validate(String text) {
    Profile profile =
        new ProfileReader()
            .read(new ByteArrayInputStream(text.replace('\'', '"').getBytes(UTF_8)), "test");
    return schema.validate(profile.find("/software/components/xen").orElseThrow(), profile);
  }

  private static String mutated(String from, @Nullable String to) {
    assertThat(BASE).contains(from);
    return BASE.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to == null ? "" : to));
  }

  @Test
  void acceptsTheBaseProfile() {
    assertThat(validate(BASE)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          A3 | 'memory': 512          | 'memory': 9223372036854775807
          BD | 'rw': 'w'              | 'rw': 'w!'
          18 | 'hostdevice': 'xenvg', |
          18 | 'hostvol': 'vm1',      |
          18 | 'size': 20480,         |
          19 | 'type': 'lvm'          | 'type': 'file'
          28 | 'mac=00:16:3e:11:22:31,bridge=xenbr0' | 'nonsense'
          28 | 'mac=00:16:3e:11:22:31,bridge=xenbr0' | ''
          29 | 'vcpus': 1             | 'ip': '999.1.1.1'
          33 | 'vcpus': 1             | 'gateway': '2001:db8::1'
          41 | 'network': {           | 'guest_map': {'vm1': {'guest_mac': '00:16:3e:11:22:31', 'hypervisor_name': 'h'}}, 'network': {
          B8 | 'network': {           | 'guest_map': {'vm1': {'active': false, 'version': '1.2.3', 'guest_mac': '00:16:3e:11:22:31', 'hypervisor_name': 'h'}}, 'network': {
          46 | {'bridges': {'xenbr0': {'netdev': 'eth0', 'vifnum': 0}}} | {}
          48 | {'netdev': 'eth0', 'vifnum': 0} | {}
          49 | 'xenbr0': {            | 'any-bridge.1': {
          60 | 'active': true         | 'active': false
          A2 | 'active': true,        |
          62 | 'create_domains': false | 'version': '1.2.3'
          72 | 'create_domains': false | 'ncm-module': 'xen'
          64 | 'create_domains': false | 'dependencies': {'pre': ['spma']}
          66 | 'create_domains': false | 'dependencies': {'post': ['xen']}
          69 | 'create_domains': false | 'register_change': ['/software/components/spma']
          79 | 'name': 'vm1'          | 'name': 'other'
          84 | 'auto': true           | 'install_options': {'name': 'vm1', 'memory': 256}
          87 | 'vcpus': 1,            |
          90 | 'vcpus': 1             | 'vfb': '[type=vnc]'
          93 | 'vm1': {               | 'a.b-c+d_e': {
          95 | 'vm1': {               | 'a_20b': {
          BF | 'vm1': {               | '3vm': {
          BE | 'vm1': {               | '_33vm': {
          96 | 'disk': [{             | 'disk': [{'guestdevice': 'xvda', 'rw': 'w', 'type': 'lvm'}, {
          99 | 'domains': {           | 'domains': {'vm0': {'options': {'memory': 1, 'name': 'vm1', 'vif': ['mac=00:16:3e:11:22:31']}},
          97 | 'rw': 'w'              | 'rw': 'w', 'access_method': 'tap:aio'
          98 | 'rw': 'w'              | 'rw': 'w', 'access_method': ''
          """)
  void acceptsWhatTheCompilerAccepts(String row, String from, @Nullable String to) {
    assertThat(validate(mutated(from, to))).isEmpty();
  }

  @ParameterizedTest(name = "{0}: domains {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          24 | {'domains': {'vm1': {'options': {'name': 'vm1', 'memory': 1, 'disk': []}}}}
          77 | {'domains': {}}
          78 | {'active': true}
          B7 | {}
          """)
  void acceptsSmallComponents(String row, String component) {
    assertThat(validate("{'software': {'components': {'xen': " + component + "}}}")).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          01 | 'memory': 512,         |                   | XEN001 | /domains/vm1/options
          02 | 'name': 'vm1',         |                   | XEN001 | /domains/vm1/options
          03 | 'domains': {           | 'domains': {'vm2': {}, | XEN001 | /domains/vm2
          04 | 'memory': 512          | 'memory': '512'   | XEN003 | /domains/vm1/options/memory
          07 | 'memory': 512          | 'memory': 512.0   | XEN003 | /domains/vm1/options/memory
          08 | 'memory': 512          | 'memory': true    | XEN003 | /domains/vm1/options/memory
          09 | 'memory': 512          | 'memory': 512, 'colour': 1 | XEN002 | /domains/vm1/options
          10 | 'auto': true           | 'colour': 1       | XEN002 | /domains/vm1
          11 | 'active': true         | 'colour': 1       | XEN002 | ^^
          12 | 'rw': 'w'              | 'rw': 'w', 'colour': 1 | XEN002 | /domains/vm1/options/disk/0
          13 | ,\\n          'type': 'lvm' |              | XEN001 | /domains/vm1/options/disk/0
          14 | 'guestdevice': 'xvda', |                   | XEN001 | /domains/vm1/options/disk/0
          15 | 'rw': 'w',             |                   | XEN001 | /domains/vm1/options/disk/0
          20 | 'size': 20480          | 'size': '1024'    | XEN003 | /domains/vm1/options/disk/0/size
          22 | 'size': 20480          | 'size': 1.5       | XEN003 | /domains/vm1/options/disk/0/size
          25 | 'rw': 'w'              | 'rw': 'w', 'create': 'true' | XEN003 | /domains/vm1/options/disk/0/create
          26 | ['mac=00:16:3e:11:22:31,bridge=xenbr0'] | 'mac=00:16:3e:11:22:31' | XEN003 | /domains/vm1/options/vif
          BB | ['mac=00:16:3e:11:22:31,bridge=xenbr0'] | {'a': 'b'} | XEN003 | /domains/vm1/options/vif
          27 | ['mac=00:16:3e:11:22:31,bridge=xenbr0'] | [1]     | XEN003 | /domains/vm1/options/vif/0
          30 | 'vcpus': 1             | 'netmask': '255.255.255'    | XEN006 | /domains/vm1/options/netmask
          31 | 'vcpus': 1             | 'gateway': '192.0.2.256'    | XEN006 | /domains/vm1/options/gateway
          32 | 'vcpus': 1             | 'gateway': 'gw.example.org' | XEN006 | /domains/vm1/options/gateway
          34 | 'vcpus': 1             | 'nfs_server': ''            | XEN006 | /domains/vm1/options/nfs_server
          35 | 'auto': true           | 'auto': 'yes'     | XEN003 | /domains/vm1/auto
          36 | 'auto': true           | 'auto': 1         | XEN003 | /domains/vm1/auto
          39 | 'vcpus': 1             | 'vcpus': '2'      | XEN003 | /domains/vm1/options/vcpus
          40 | 'vcpus': 1             | 'cpus': 2         | XEN003 | /domains/vm1/options/cpus
          42 | 'network': {           | 'guest_map': {'vm1': {'hypervisor_name': 'h'}}, 'network': { | XEN001 | /guest_map/vm1
          43 | 'network': {           | 'guest_map': {'vm1': {'guest_mac': '00:16:3e:11:22:31'}}, 'network': { | XEN001 | /guest_map/vm1
          44 | 'network': {           | 'guest_map': {'vm1': {'guest_mac': '00:16:3e:11:22', 'hypervisor_name': 'h'}}, 'network': { | XEN006 | /guest_map/vm1/guest_mac
          45 | 'network': {           | 'guest_map': {'vm1': {'colour': 1, 'guest_mac': '00:16:3e:11:22:31', 'hypervisor_name': 'h'}}, 'network': { | XEN002 | /guest_map/vm1
          47 | 'bridges': {           | 'removeqemunetworklibvirtautostart': 'true', 'bridges': { | XEN003 | /network/removeqemunetworklibvirtautostart
          58 | {'bridges': {'xenbr0': {'netdev': 'eth0', 'vifnum': 0}}} | 'x' | XEN003 | /network
          50 | 'vifnum': 0            | 'vifnum': '0'     | XEN003 | /network/bridges/xenbr0/vifnum
          52 | 'vifnum': 0            | 'colour': 0       | XEN002 | /network/bridges/xenbr0
          53 | 'bridges': {           | 'vlans': {'v': {'vlan': 2}}, 'bridges': { | XEN001 | /network/vlans/v
          54 | 'bridges': {           | 'vlans': {'v': {'netdev': 'eth0'}}, 'bridges': { | XEN001 | /network/vlans/v
          57 | 'bridges': {           | 'vlans': {'v': {'netdev': 'eth0', 'vlan': '2'}}, 'bridges': { | XEN003 | /network/vlans/v/vlan
          59 | 'active': true         | 'active': 'true'  | XEN003 | /active
          74 | 'create_domains': false | 'create_domains': 'yes' | XEN003 | /create_domains
          75 | 'create_filesystems': true | 'create_filesystems': 1 | XEN003 | /create_filesystems
          61 | 'create_domains': false | 'version': '1.2' | XEN006 | /version
          63 | 'create_domains': false | 'version': '14.4.0-rc3' | XEN006 | /version
          65 | 'create_domains': false | 'dependencies': {'pre': ['nosuch']} | XEN010 | /dependencies/pre/0
          67 | 'create_domains': false | 'dependencies': {'pre': 'spma'} | XEN003 | /dependencies/pre
          68 | 'create_domains': false | 'dependencies': {'colour': []} | XEN002 | /dependencies
          A6 | 'create_domains': false | 'register_change': '/software' | XEN003 | /register_change
          70 | 'create_domains': false | 'register_change': ['/software/nosuch'] | XEN009 | /register_change/0
          71 | 'create_domains': false | 'register_change': ['not a path'] | XEN009 | /register_change/0
          73 | 'create_domains': false | 'ncm-module': 'x en' | XEN006 | /ncm-module
          A5 | 'disk': [{             | 'disk': ['phy:xenvg/a,xvda,w', { | XEN003 | /domains/vm1/options/disk/0
          A7 | 'domains': {           | 'domains': {'vm0': 'x', | XEN003 | /domains/vm0
          83 | 'auto': true           | 'install_options': {'name': 'vm1'} | XEN001 | /domains/vm1/install_options
          85 | 'vcpus': 1             | 'dhcp': 'yes'     | XEN002 | /domains/vm1/options
          89 | 'vcpus': 1             | 'vfb': ['type=vnc'] | XEN003 | /domains/vm1/options/vfb
          F1 | 'auto': true           | 'fetch': [{'url': 'http://h/k', 'path': '/k'}] | XEN001 | /domains/vm1/fetch/0
          F2 | 'auto': true           | 'fetch': [{'url': 'ftp://h/k', 'path': '/k', 'sha256': 'd2c76e8f4e4e8a1c7c5c0b1f6e0e6f5d7a9b3c4d5e6f708192a3b4c5d6e7f809'}] | XEN006 | /domains/vm1/fetch/0/url
          91 | 'vcpus': 1             | 'download': 'x'   | XEN003 | /domains/vm1/options/download
          92 | 'vm1': {               | '7': {            | XEN011 | /domains
          94 | 'vm1': {               | 'a b': {          | XEN011 | /domains
          A0 | 'active': true         | 'package': {}     | XEN002 | ^^
          A1 | 'active': true         | 'code': {}        | XEN002 | ^^
          """)
  void refusesWhatTheCompilerRefuses(
      String row, String from, @Nullable String to, String id, String path) {
    refuses(mutated(from.replace("\\n", "\n"), to), id, path);
  }

  /** The compiler accepts these; docs/schema-differences.md says why they are refused here. */
  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          05 | 'memory': 512          | 'memory': -1      | XEN004 | /domains/vm1/options/memory
          06 | 'memory': 512          | 'memory': 0       | XEN004 | /domains/vm1/options/memory
          16 | 'type': 'lvm'          | 'type': 'nonsense' | XEN005 | /domains/vm1/options/disk/0/type
          17 | 'rw': 'w'              | 'rw': 'zz'        | XEN005 | /domains/vm1/options/disk/0/rw
          21 | 'size': 20480          | 'size': -5        | XEN004 | /domains/vm1/options/disk/0/size
          BC | 'size': 20480          | 'size': 0         | XEN004 | /domains/vm1/options/disk/0/size
          37 | 'vcpus': 1             | 'vcpus': 0        | XEN004 | /domains/vm1/options/vcpus
          38 | 'vcpus': 1             | 'vcpus': -3       | XEN004 | /domains/vm1/options/vcpus
          B9 | 'network': {           | 'guest_map': {'vm1': {'guest_mac': '00:16:3e:11:22:31\\n', 'hypervisor_name': 'h'}}, 'network': { | XEN006 | /guest_map/vm1/guest_mac
          51 | 'vifnum': 0            | 'vifnum': -1      | XEN004 | /network/bridges/xenbr0/vifnum
          55 | 'bridges': {           | 'vlans': {'v': {'netdev': 'eth0', 'vlan': 5000}}, 'bridges': { | XEN004 | /network/vlans/v/vlan
          56 | 'bridges': {           | 'vlans': {'v': {'netdev': 'eth0', 'vlan': -1}}, 'bridges': { | XEN004 | /network/vlans/v/vlan
          80 | 'name': 'vm1'          | 'name': ''        | XEN006 | /domains/vm1/options/name
          81 | 'name': 'vm1'          | 'name': 'a;b\\nc' | XEN006 | /domains/vm1/options/name
          BA | 'name': 'vm1'          | 'name': 'bell\\u0007' | XEN006 | /domains/vm1/options/name
          82 | 'vcpus': 1             | 'on_poweroff': 'nonsense' | XEN005 | /domains/vm1/options/on_poweroff
          -- | 'bootargs': ''         | 'bootargs': 'a\\nb = 1' | XEN006 | /domains/vm1/options/bootargs
          -- | 'bootargs': ''         | 'bootargs': 'a\\u0000' | XEN006 | /domains/vm1/options/bootargs
          -- | 'bootargs': ''         | 'bootargs': '\\ud800' | XEN006 | /domains/vm1/options/bootargs
          -- | 'hostvol': 'vm1'       | 'hostvol': '../x' | XEN006 | /domains/vm1/options/disk/0/hostvol
          -- | 'guestdevice': 'xvda'  | 'guestdevice': 'xvda,w' | XEN006 | /domains/vm1/options/disk/0/guestdevice
          -- | 'netdev': 'eth0'       | 'netdev': 'eth0; reboot' | XEN006 | /network/bridges/xenbr0/netdev
          -- | 'memory': 512          | 'memory': 9223372036854775808 | XEN008 | /domains/vm1/options/memory
          """)
  void refusesWhatNoHostCouldUse(
      String row, String from, @Nullable String to, String id, String path) {
    refuses(mutated(from, to), id, path);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          76 | {'domains': []}                     | XEN003 | /domains
          A4 | {'domains': {'vm1': {'options': []}}} | XEN003 | /domains/vm1/options
          23 | {'domains': {'vm1': {'options': {'name': 'vm1', 'memory': 1, 'disk': {}}}}} | XEN003 | /domains/vm1/options/disk
          """)
  void refusesResourcesOfTheWrongKind(String row, String component, String id, String path) {
    refuses("{'software': {'components': {'xen': " + component + "}}}", id, path);
  }

  @Test
  void nullIsNoProfileAtAll() {
    assertThatThrownBy(() -> validate(mutated("'memory': 512", "'memory': null")))
        .satisfies(Refused.as(Refusal.Kind.INVALID_PROFILE))
        .hasMessageContaining("found null, which is not allowed in a profile");
  }

  private void refuses(String text, String id, String path) {
    ImmutableList<Finding> findings = validate(text);
    assertThat(findings).as(text).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.id()).as(finding.sentence()).isEqualTo(id);
    assertThat(finding.path()).isEqualTo("/software/components/xen" + path);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.sentence()).doesNotContain("\n").hasSizeLessThan(900);
  }
}
