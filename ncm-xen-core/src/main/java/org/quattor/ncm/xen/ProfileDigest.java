package org.quattor.ncm.xen;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quattor.ncm.component.Element;

/** SHA-256 over a tree and options: the same for the same content, whatever file it came from. */
final class ProfileDigest {

  private final Hasher hasher = Hashing.sha256().newHasher();

  private ProfileDigest() {}

  static String of(Element tree, String hostName, Map<String, List<String>> options) {
    ProfileDigest digest = new ProfileDigest();
    digest.add(tree);
    digest.add(hostName);
    new TreeMap<>(options)
        .forEach(
            (name, values) -> {
              digest.add(name);
              digest.hasher.putInt(values.size());
              values.forEach(digest::add);
            });
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
