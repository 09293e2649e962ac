package org.quattor.ncm.xen.translate;

import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.guestfile.Device;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.MacAddress;
import org.quattor.ncm.xen.model.Vif;
import org.quattor.ncm.xen.text.NearestName;

/**
 * A network interface in the words of {@code xl-network-configuration(5)}, checked key by key: xl
 * itself goes on without a key or an address that it does not understand, and the guest is then on
 * the default bridge.
 */
final class XlVif {

  private static final ImmutableSet<String> XM_ONLY = ImmutableSet.of("policy", "label", "accel");

  private final Vif vif;
  private final @Nullable XenVersion xenVersion;
  private final Findings findings;

  XlVif(Vif vif, @Nullable XenVersion xenVersion, Findings findings) {
    this.vif = vif;
    this.xenVersion = xenVersion;
    this.findings = findings;
  }

  /** Returns the interface, without the keys that are reported; empty for a vif of defaults. */
  Device device() {
    Map<String, String> parts = new LinkedHashMap<>();
    vif.keys()
        .forEach(
            (declared, value) -> {
              String key = declared.equals("netdev") ? "gatewaydev" : declared;
              VifKey known = VifKey.BY_NAME.get(key);
              if (known == null) {
                reportUnknown(declared);
              } else if (usable(known, declared, value)
                  && parts.put(key, written(key, value)) != null) {
                findings.add("XEN222.twice", vif.path());
              }
            });
    return Device.of(parts);
  }

  private static String written(String key, String value) {
    return key.equals("mac") ? MacAddress.parse(value).orElseThrow().toString() : value;
  }

  private boolean usable(VifKey key, String declared, String value) {
    if (!key.accepts().test(value)) {
      findings.add(
          "XEN222", vif.path(), "key", declared, "value", value, "expected", key.expected());
      return false;
    }
    XenVersion since = key.since();
    XenVersion host = xenVersion;
    if (since != null && host != null && host.compareTo(since) < 0) {
      findings.add("XEN223", vif.path(), "host", host, "key", declared, "since", since);
      return false;
    }
    return true;
  }

  private void reportUnknown(String key) {
    if (XM_ONLY.contains(key.toLowerCase(Locale.ROOT))) {
      findings.add("XEN221", vif.path(), "key", key);
      return;
    }
    findings.add(
        "XEN220",
        vif.path(),
        "key",
        key,
        "keys",
        VifKey.BY_NAME.keySet(),
        "nearest",
        NearestName.of(key, VifKey.BY_NAME.keySet()));
  }
}
