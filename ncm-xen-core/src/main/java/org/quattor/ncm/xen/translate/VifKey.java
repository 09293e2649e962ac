package org.quattor.ncm.xen.translate;

import com.google.common.collect.ImmutableMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.MacAddress;

/**
 * A key of a vif that {@code xl} reads ({@code xl-network-configuration(5)}).
 *
 * @param accepts tells whether a value can be written; empty is the word alone
 * @param expected what a value has to be
 * @param since the first version that knows the key; null when every supported one does
 */
record VifKey(Predicate<String> accepts, String expected, @Nullable XenVersion since) {

  private static final String TAG =
      "[0-9]{1,4}(?:p|-[0-9]{1,4}|\\+[0-9]{1,4}(?:x[0-9]{1,4})?){0,2}";

  /** Linux allows 15 bytes for a device, and neither slashes, colons nor blanks. */
  private static final Predicate<String> NET_DEVICE = matching("(?!\\.{1,2}$)[!-~&&[^/:,]]{1,15}");

  /**
   * Beside that, {@code set_mtu} of Xen's {@code xen-network-common.sh} (4.17) takes the name apart
   * at its dot and uses both parts in a path of xenstore, which knows few characters; it fails
   * otherwise, and the guest with it.
   */
  private static final Predicate<String> VIF_NAME =
      matching("(?!vif(?:\\.|$))(?=.{1,15}$)[A-Za-z0-9_@-]+(?:\\.[A-Za-z0-9_@-]+)?");

  static final ImmutableMap<String, VifKey> BY_NAME =
      ImmutableMap.<String, VifKey>builder()
          .put(
              "mac",
              key(text -> MacAddress.parse(text).isPresent(), "pairs such as 00:16:3e:00:00:01"))
          .put("bridge", key(NET_DEVICE, "the name of a bridge, at most 15 characters"))
          .put("gatewaydev", key(NET_DEVICE, "the name of a device, at most 15 characters"))
          .put("type", key(matching("vif|ioemu"), "vif or ioemu"))
          .put("model", key(matching("[A-Za-z0-9._-]{1,64}"), "a model such as e1000"))
          .put(
              "vifname",
              key(
                  VIF_NAME,
                  "a name for dom0's end, at most 15 letters, digits, _ @ -, and one dot between"))
          .put(
              "script",
              key(matching("(?! )[^\\p{Cntrl},]{1,1024}(?<! )"), "the name or path of a script"))
          .put(
              "ip",
              key(
                  matching("[0-9A-Fa-f.:/]++(?: ++[0-9A-Fa-f.:/]++)*+"),
                  "addresses, with blanks between them"))
          .put("backend", key(matching("[A-Za-z0-9._-]{1,128}"), "the name or number of a domain"))
          .put("rate", key(VifRate::isUsable, "a rate such as 10Mb/s or 250KB/s@20ms"))
          .put("devid", key(matching("[0-9]{1,9}"), "a number"))
          .put(
              "mtu",
              new VifKey(
                  VifKey::isMtu, "a number of bytes from 68 to 65535", new XenVersion(4, 15)))
          .put(
              "vlan",
              new VifKey(
                  matching(TAG + "(?:/" + TAG + ")*+"),
                  "tags such as 10p/20",
                  new XenVersion(4, 19)))
          .put("trusted", new VifKey(String::isEmpty, "the word alone", new XenVersion(4, 17)))
          .put("untrusted", new VifKey(String::isEmpty, "the word alone", new XenVersion(4, 17)))
          .buildOrThrow();

  private static VifKey key(Predicate<String> accepts, String expected) {
    return new VifKey(accepts, expected, null);
  }

  private static Predicate<String> matching(String pattern) {
    return Pattern.compile(pattern).asMatchPredicate();
  }

  private static boolean isMtu(String text) {
    return text.matches("[0-9]{2,5}")
        && Integer.parseInt(text) >= 68
        && Integer.parseInt(text) <= 65535;
  }
}
