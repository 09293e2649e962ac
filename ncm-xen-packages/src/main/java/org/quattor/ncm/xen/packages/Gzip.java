package org.quattor.ncm.xen.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses as {@code gzip -9n} does, which is what Debian asks of manual pages and changelogs: no
 * name, no time, the highest level.
 */
final class Gzip {

  // RFC 1952, 2.3.1: XFL = 2 says that the slowest algorithm was used, OS = 3 is Unix.
  private static final int EXTRA_FLAGS_AT = 8;
  private static final int OPERATING_SYSTEM_AT = 9;

  private Gzip() {}

  /** Returns the compressed bytes; the same for the same bytes. */
  static byte[] of(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new BestCompression(compressed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] file = compressed.toByteArray();
    file[EXTRA_FLAGS_AT] = 2;
    file[OPERATING_SYSTEM_AT] = 3;
    return file;
  }

  private static final class BestCompression extends GZIPOutputStream {
    BestCompression(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
