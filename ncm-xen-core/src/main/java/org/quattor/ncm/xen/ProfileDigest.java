package org.quattor.ncm.xen;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.xen.host.Toolstack;

/** SHA-256 over a tree and options: the same for the same content, whatever file it came from. */
final class ProfileDigest {

  private final Hasher hasher = Hashing.sha256().newHasher();

  private ProfileDigest() {}

  /** Of the options, those that a plan depends on: the host has a digest of its own. */
  static String of(Element tree, String hostName, XenOptions options) {
    ProfileDigest digest = new ProfileDigest();
    digest.add(tree);
    digest.add(hostName);
    digest.hasher.putInt(options.guests().size());
    options.guests().forEach(digest::add);
    digest.hasher.putBoolean(options.stopDomains());
    digest.add(options.toolstack().map(Toolstack::command).orElse(""));
    return digest.hasher.hash().toString();
  }

  private void add(Element element) {
    add(element.type().text());
    add(element.name());
    if (element.type().isProperty()) {
      add(element.text());
    } else {
      hasher.putInt(element.children().size());
      element.children().forEach(this::add);
    }
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hasher.putInt(bytes.length).putBytes(bytes);
  }
}
