package org.quattor.ncm.xen.profile;

import com.google.common.collect.ImmutableSortedSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.text.Printable;

/**
 * The cache that Quattor's configuration cache manager (CCM) keeps on a host.
 *
 * <p>Beside its databases every profile lies there as it was fetched, as {@code
 * profile.<cid>/profile}, and this is what is read; of which kind it is is told by its first bytes.
 * The CCM writes {@code current.cid} a moment before that file, so that it is waited for.
 */
public final class CcmCache {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
  private static final int TRIES = 50;

  private final Path root;
  private final Consumer<Duration> pause;
  private final LongFunction<Optional<String>> ccm;

  /**
   * Makes one; reads nothing yet.
   *
   * @param root {@code cache_root}
   * @param pause waits; the whole wait is 5 s at most
   * @param ccm asks the program {@code ccm} for the JSON of a CID; empty where there is none, or
   *     when it has no answer
   */
  public CcmCache(Path root, Consumer<Duration> pause, LongFunction<Optional<String>> ccm) {
    this.root = root;
    this.pause = pause;
    this.ccm = ccm;
  }

  /**
   * Returns a profile.
   *
   * @param cid {@code current} or nothing; {@code latest} or {@code -}; a CID; or {@code -N} for
   *     the N-th of the highest CIDs, by number and not by text as {@code ccm} counts them
   * @throws Refusal when there is none, or the file is not one
   */
  public Profile read(String cid) {
    if (!Files.isDirectory(root)) {
      throw ParseErrors.absent(
          root.toString(),
          "the CCM cache does not exist; expected --profile FILE or --cache_root DIR");
    }
    for (int tries = 1; ; tries++) {
      // Read anew at each try: a CID that is purged meanwhile has a successor.
      long number = number(cid);
      Path raw = root.resolve("profile." + number).resolve("profile");
      if (Files.exists(raw)) {
        return new ProfileReader().read(raw);
      }
      boolean underWay = Files.isDirectory(root.resolve("profile." + number));
      if (!underWay || tries > TRIES) {
        return fromProgram(number, underWay);
      }
      pause.accept(BETWEEN_TRIES);
    }
  }

  private Profile fromProgram(long number, boolean there) {
    String name = "profile." + number;
    if (!there) {
      ImmutableSortedSet<Long> cids = cids();
      throw ParseErrors.absent(
          root.toString(),
          "there is no "
              + name
              + (cids.isEmpty() ? ", nor any other profile" : "; its CIDs are " + shown(cids)));
    }
    String json =
        ccm.apply(number)
            .orElseThrow(
                () ->
                    ParseErrors.absent(
                        root.resolve(name).toString(),
                        "has no file profile, and the program ccm gave no answer;"
                            + " expected a cache that ccm-fetch has finished"));
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    // With json_typed 0 in ccm.conf every number and boolean that it prints is text.
    return new ProfileReader().read(new ByteArrayInputStream(bytes), "ccm --cid " + number, false);
  }

  private long number(String cid) {
    if (cid.isEmpty() || cid.equals("current")) {
      return fromFile("current.cid");
    }
    if (cid.equals("latest") || cid.equals("-")) {
      return fromFile("latest.cid");
    }
    if (cid.matches("[0-9]{1,18}")) {
      return Long.parseLong(cid);
    }
    if (cid.matches("-[0-9]{1,9}") && !cid.matches("-0+")) {
      int back = Integer.parseInt(cid.substring(1));
      ImmutableSortedSet<Long> cids = cids();
      if (back > cids.size()) {
        throw ParseErrors.absent(
            root.toString(), "has " + cids.size() + " profiles; there is no CID " + cid);
      }
      return cids.descendingSet().asList().get(back - 1);
    }
    throw ParseErrors.absent(
        root.toString(),
        Printable.line(cid) + " is not a CID; expected current, latest, a number or -N");
  }

  private long fromFile(String name) {
    Path file = root.resolve(name);
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      throw ParseErrors.absent(
          file.toString(), "cannot be read (" + e.getClass().getSimpleName() + "); expected a CID");
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw ParseErrors.absent(file.toString(), "does not contain a number; expected a CID");
    }
    return Long.parseLong(text);
  }

  private ImmutableSortedSet<Long> cids() {
    ImmutableSortedSet.Builder<Long> cids = ImmutableSortedSet.naturalOrder();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "profile.*")) {
      for (Path folder : folders) {
        String number = String.valueOf(folder.getFileName()).substring("profile.".length());
        if (number.matches("[0-9]{1,18}")) {
          cids.add(Long.parseLong(number));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw ParseErrors.absent(
          root.toString(), "cannot be listed (" + e.getClass().getSimpleName() + ")");
    }
    return cids.build();
  }

  private static String shown(ImmutableSortedSet<Long> cids) {
    return String.join(", ", cids.stream().limit(20).map(String::valueOf).toList())
        + (cids.size() > 20 ? " and " + (cids.size() - 20) + " more" : "");
  }
}
