package org.quattor.ncm.xen.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiler's verdicts on addresses, except that a line break at the end is refused. */
class CoreFunctionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:16:3e:11:22:33",
        "00:16:3E:AA:BB:CC",
        "00-16-3e-11-22-33",
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "01:00:5e:00:00:01"
      })
  void macAddresses(String text) {
    assertThat(CoreFunction.IS_HWADDR.test(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:16:3e:11:22-33",
        "00-16:3e:11:22:33",
        "0016.3e11.2233",
        "00163e112233",
        "0:16:3e:11:22:33",
        "00:16:3e:11:22",
        "00:16:3e:11:22:33:44",
        "00:16:3e:11:22:3g",
        " 00:16:3e:11:22:33",
        "00:16:3e:11:22:33 ",
        "00:16:3e:11:22:33\n",
        ""
      })
  void noMacAddresses(String text) {
    assertThat(CoreFunction.IS_HWADDR.test(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1",
        "0.0.0.0",
        "255.255.255.255",
        "192.0.2.01",
        "192.0.2.010",
        "192.0.2.0377",
        "192.0.2.0255",
        "1.2.3.00",
        "::1",
        "2001:db8::1",
        "2001:DB8::1",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "1:2:3:4:5:6::8",
        "2001:db8::"
      })
  void addresses(String text) {
    assertThat(CoreFunction.IS_IP.test(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "256.1.1.1",
        "192.0.2",
        "192.0.2.1.5",
        "192.0.2.0400",
        "192.0.2.0x10",
        " 192.0.2.1",
        "192.0.2.1 ",
        "192.0.2.1\n",
        "192.0.2.1/24",
        "-1.0.0.1",
        "",
        "gw.example.org",
        "192.0.2.08",
        "192.0.2.09",
        "99999999999999999999.1.1.1",
        "::",
        "1:2:3:4:5:6:7",
        "1::2::3",
        "1:2:3:4:5:6:7::8",
        "fe80::1%eth0",
        "::ffff:192.0.2.1",
        "[::1]",
        "12345::1",
        "g::1",
        ":1:2",
        "1:2:3:4:5:6:7:8:9",
        "1:::2"
      })
  void noAddresses(String text) {
    assertThat(CoreFunction.IS_IP.test(text)).isFalse();
  }

  @Test
  void eachKindOfAddressIsAskedForByItself() {
    assertThat(CoreFunction.IS_IPV6.test("2001:db8::1")).isTrue();
    assertThat(CoreFunction.IS_IPV6.test("192.0.2.1")).isFalse();
    assertThat(CoreFunction.IS_IPV4.test("192.0.2.1")).isTrue();
    assertThat(CoreFunction.IS_IPV4.test("2001:db8::1")).isFalse();
  }

  @Test
  void aHostNameHasAtMost253Characters() {
    String name = "a.".repeat(126) + "a";
    assertThat(CoreFunction.IS_HOSTNAME.test(name)).isTrue();
    assertThat(CoreFunction.IS_HOSTNAME.test(name + "b")).isFalse();
  }

  @Test
  void hostNamesAndUris() {
    assertThat(CoreFunction.IS_SHORTHOSTNAME.test("vm1")).isTrue();
    assertThat(CoreFunction.IS_FQDN.test(".org")).isFalse();
    assertThat(CoreFunction.IS_FQDN.test("vm1.example.org")).isTrue();
    assertThat(CoreFunction.IS_FQDN.test("vm1")).isFalse();
    assertThat(CoreFunction.IS_FQDN.test("vm1..org")).isFalse();
    assertThat(CoreFunction.IS_FQDN.test("vm1.example.org\n")).isFalse();
    assertThat(CoreFunction.IS_HOSTNAME.test("vm1")).isTrue();
    assertThat(CoreFunction.IS_HOSTNAME.test("-vm1")).isFalse();
    assertThat(CoreFunction.IS_SHORTHOSTNAME.test("vm1.example.org")).isFalse();
    assertThat(CoreFunction.IS_ABSOLUTEURI.test("https://example.org/a")).isTrue();
    assertThat(CoreFunction.IS_ABSOLUTEURI.test("/a")).isFalse();
    assertThat(CoreFunction.IS_ABSOLUTEURI.test("https://a b")).isFalse();
  }

  @Test
  void functionsHaveTheLibrarysNames() {
    assertThat(CoreFunction.named("is_hwaddr")).contains(CoreFunction.IS_HWADDR);
    assertThat(CoreFunction.named("is_absoluteURI")).contains(CoreFunction.IS_ABSOLUTEURI);
    assertThat(CoreFunction.named("IS_IP")).isEmpty();
  }
}
