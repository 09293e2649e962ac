package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Element;

/** SHA-256 over a tree and options: the same for the same content, whatever file it came from. */
final class ProfileDigest {

  /** Those that a plan depends on; where it is worked on is in the digest of the host. */
  private static final ImmutableList<String> OPTIONS =
      ImmutableList.of("guest", "stop-domains", "toolstack");

  private final Hasher hasher = Hashing.sha256().newHasher();

  private ProfileDigest() {}

  static String of(Element tree, String hostName, ComponentContext context) {
    ProfileDigest digest = new ProfileDigest();
    digest.add(tree);
    digest.add(hostName);
    for (String option : OPTIONS) {
      digest.hasher.putInt(context.options(option).size());
      context.options(option).forEach(digest::add);
    }
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
