package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSetMultimap;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.UnixStatus;
import org.quattor.ncm.xen.text.Printable;

/**
 * The loop devices that show a file or block device. {@code /sys} names a path only, as the process
 * saw it that attached the file: another mount namespace may have another file there. So {@code
 * losetup(8)}, where it is installed, is asked for the number of the file.
 */
final class LoopDevices {

  private static final Splitter LINES = Splitter.on('\n').trimResults().omitEmptyStrings();
  private static final String LOSETUP = "losetup";

  /** Name, inode, and the number of the file system; blanks are escaped in raw output. */
  private static final Pattern ROW =
      Pattern.compile("/dev/(loop\\d+) (\\d{1,19}) (\\d{1,9}):(\\d{1,9})");

  private LoopDevices() {}

  /**
   * Returns the names of loop devices, such as {@code loop0}, by the identity of what they show.
   */
  static ImmutableSetMultimap<String, String> read(SystemPaths surroundings, CommandRunner runner)
      throws IOException, HostFailure {
    Map<String, String> files = files(surroundings.sys().resolve("block"));
    if (files.isEmpty()) {
      return ImmutableSetMultimap.of();
    }
    Map<String, String> identities = runner.has(LOSETUP) ? identities(runner) : Map.of();
    ImmutableSetMultimap.Builder<String, String> found = ImmutableSetMultimap.builder();
    for (Map.Entry<String, String> loop : files.entrySet()) {
      Path place = Attachments.inRoot(surroundings, loop.getValue());
      UnixStatus status = Files.exists(place) ? UnixStatus.of(place) : null;
      String asked = identities.get(loop.getKey());
      if (status != null && (asked == null || status.kind() == Kind.BLOCK_DEVICE)) {
        found.put(status.identity(), loop.getKey());
      } else if (asked != null) {
        found.put(asked, loop.getKey());
      } else if (!loop.getValue().endsWith(" (deleted)")) {
        throw new IOException(
            "/dev/"
                + loop.getKey()
                + " shows "
                + Printable.line(loop.getValue())
                + ", which cannot be found here");
      }
    }
    return found.build();
  }

  /** Returns the paths of what loop devices show, by their names. */
  private static Map<String, String> files(Path blocks) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (!Files.isDirectory(blocks)) {
      return files;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(blocks, "loop*")) {
      for (Path block : stream) {
        Path backing = block.resolve("loop/backing_file");
        String file = Attachments.line(backing);
        if (file.startsWith("/")) {
          files.put(String.valueOf(block.getFileName()), file);
        }
      }
      return files;
    } catch (DirectoryIteratorException e) {
      throw new IOException("listing " + blocks + " broke off", e);
    }
  }

  private static Map<String, String> identities(CommandRunner runner) throws HostFailure {
    Map<String, String> identities = new TreeMap<>();
    String output =
        runner
            .run(LOSETUP, "--list", "--raw", "--noheadings", "-O", "NAME,BACK-INO,BACK-MAJ:MIN")
            .output();
    for (String line : LINES.split(output.replace("\\x20", ""))) {
      Matcher row = ROW.matcher(line);
      if (!row.matches()) {
        throw new HostFailure(
            LOSETUP + " printed a line that is not understood: " + Printable.line(line));
      }
      identities.put(
          row.group(1),
          UnixStatus.identityOfFile(
              Long.parseLong(row.group(3)),
              Long.parseLong(row.group(4)),
              Long.parseLong(row.group(2))));
    }
    return identities;
  }
}
