package org.quattor.ncm.xen.observe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;

/**
 * An entry of {@code /etc/xen}.
 *
 * @param entry what it is
 * @param text the content of a regular file of up to 1 MiB; empty otherwise
 * @param faithful whether {@code text} in UTF-8 is the content byte for byte; false for the Latin-1
 *     text that the Perl component could write, and for what was not read
 */
public record ConfigurationFile(FileEntry entry, String text, boolean faithful) {

  private static final int MAX_FILE_BYTES = 1 << 20;

  /** Reads what lies at a path when it is a file of that size. */
  static ConfigurationFile read(HostFiles files, String path, FileEntry entry) throws HostFailure {
    return entry.kind() == FileEntry.Kind.FILE && entry.sizeBytes() <= MAX_FILE_BYTES
        ? of(entry, files.read(path, MAX_FILE_BYTES))
        : new ConfigurationFile(entry, "", false);
  }

  private static ConfigurationFile of(FileEntry entry, byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return new ConfigurationFile(entry, text, true);
    } catch (CharacterCodingException e) {
      return new ConfigurationFile(entry, new String(content, StandardCharsets.ISO_8859_1), false);
    }
  }
}
