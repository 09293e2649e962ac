package org.quattor.ncm.xen.observe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.quattor.ncm.xen.host.FileEntry;

/**
 * An entry of {@code /etc/xen}.
 *
 * @param entry what it is
 * @param text the content of a regular file of up to 1 MiB; empty otherwise
 * @param faithful whether {@code text} in UTF-8 is the content byte for byte; false for the Latin-1
 *     text that the Perl component could write, and for what was not read
 */
public record ConfigurationFile(FileEntry entry, String text, boolean faithful) {

  static ConfigurationFile of(FileEntry entry, byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return new ConfigurationFile(entry, text, true);
    } catch (CharacterCodingException e) {
      return new ConfigurationFile(entry, new String(content, StandardCharsets.ISO_8859_1), false);
    }
  }

  static ConfigurationFile unread(FileEntry entry) {
    return new ConfigurationFile(entry, "", false);
  }
}
