package org.quattor.ncm.xen.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.quattor.ncm.component.Refusal;

/** Any bytes as {@code ccm.conf}, or as the number of the current profile, are read or refused. */
public final class CcmFuzz {

  private static final Path CACHE = cache();

  private CcmFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path file = CACHE.resolve("ccm.conf");
    Files.write(file, input);
    try {
      if (!CcmSettings.read(file).cacheRoot().isAbsolute()) {
        throw new AssertionError("a cache below the current folder");
      }
    } catch (Refusal e) {
      if (e.kind() != Refusal.Kind.SETTINGS) {
        throw e;
      }
      requireLine(e);
    }
    Files.write(CACHE.resolve("current.cid"), input);
    try {
      new CcmCache(CACHE, CcmFuzz::pass, cid -> Optional.empty()).read("current");
    } catch (Refusal e) {
      requireLine(e);
    }
  }

  private static void pass(Duration length) {
    throw new AssertionError("waited " + length + " for a profile that is not there");
  }

  private static void requireLine(RuntimeException e) {
    if (String.valueOf(e.getMessage()).chars().anyMatch(Character::isISOControl)) {
      throw new AssertionError("not one line", e);
    }
  }

  private static Path cache() {
    try {
      return Files.createTempDirectory("ccm");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
