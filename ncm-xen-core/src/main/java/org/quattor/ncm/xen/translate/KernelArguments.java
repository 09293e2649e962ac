package org.quattor.ncm.xen.translate;

import com.google.common.base.CharMatcher;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.model.GuestOptions;

/**
 * The command line of a guest's kernel for {@code xl}, which reads neither {@code ip} nor {@code
 * nfs_root}: what {@code xm} made of them is put together here.
 */
final class KernelArguments {

  /** Words of the kernel's {@code ip=} that stand for a protocol (nfsroot.txt of Linux). */
  private static final ImmutableSet<String> PROTOCOLS =
      ImmutableSet.of("dhcp", "bootp", "rarp", "both", "any", "on", "off");

  /** A blank ends a word of the command line, a colon ends a field of {@code ip=}. */
  private static final CharMatcher BREAKS =
      CharMatcher.whitespace().or(CharMatcher.javaIsoControl()).or(CharMatcher.anyOf(":\"'"));

  private final GuestOptions options;
  private final Findings findings;

  KernelArguments(GuestOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  static void reportContradiction(String path, Findings findings) {
    findings.add("XEN212", path + "/cmdline");
  }

  /** Returns the line; empty when nothing is declared. */
  Optional<String> line() {
    GuestOptions.Boot boot = options.boot();
    List<String> words = new ArrayList<>();
    String root = withoutPrefix("root=", Strings.nullToEmpty(boot.root()));
    if (root.isEmpty() && !Strings.nullToEmpty(options.networkBoot().nfsRoot()).isEmpty()) {
      root = "/dev/nfs";
    }
    if (!root.isEmpty()) {
      words.add("root=" + root);
    }
    network(words);
    String extra = Strings.nullToEmpty(boot.extra());
    if (!extra.isEmpty()) {
      words.add(extra);
    }
    String cmdline = Strings.nullToEmpty(boot.cmdline());
    if (cmdline.isEmpty()) {
      return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }
    if (!words.isEmpty()) {
      reportContradiction(options.path(), findings);
      return Optional.empty();
    }
    return Optional.of(cmdline);
  }

  private void network(List<String> words) {
    GuestOptions.NetworkBoot network = options.networkBoot();
    String client = withoutPrefix("ip=", Strings.nullToEmpty(network.ip()));
    String server = field("nfs_server", network.nfsServer());
    String gateway = field("gateway", network.gateway());
    String netmask = field("netmask", network.netmask());
    String hostname = field("hostname", network.hostname());
    String nfsRoot = Strings.nullToEmpty(network.nfsRoot());
    if (!client.isEmpty()) {
      boolean named = PROTOCOLS.contains(client);
      String rest = String.join(":", server, gateway, netmask, hostname);
      if (named && rest.equals(":::")) {
        words.add("ip=" + client);
      } else {
        // The interface and the protocol are what xm filled in.
        String address = named ? "" : field("ip", client);
        words.add("ip=" + String.join(":", address, rest, "eth0", named ? client : "off"));
      }
    } else if (!(gateway + netmask + hostname).isEmpty()) {
      findings.add("XEN216", options.path());
    }
    if (!nfsRoot.isEmpty()) {
      if (server.isEmpty()) {
        findings.add("XEN217.nfs-server", options.path() + "/nfs_root");
      } else if (CharMatcher.whitespace().matchesAnyOf(nfsRoot)) {
        findings.add("XEN217.nfs-path", options.path() + "/nfs_root", "path", nfsRoot);
      } else {
        words.add("nfsroot=" + server + ":" + nfsRoot);
      }
    }
  }

  private String field(String key, @Nullable String declared) {
    String value = Strings.nullToEmpty(declared);
    if (BREAKS.matchesAnyOf(value)) {
      findings.add("XEN217", options.path() + "/" + key, "value", value);
      return "";
    }
    return value;
  }

  private static String withoutPrefix(String prefix, String text) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }
}
