package org.quattor.ncm.xen.host.simulated;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFetches;
import org.quattor.ncm.xen.host.RemoteFile;
import org.quattor.ncm.xen.host.local.ContentDigest;
import org.quattor.ncm.xen.host.local.DirectoryFiles;

/**
 * A web of URLs and digests. A file that was fetched is a line of text that says which digest it
 * stands for, and has that digest here; any other file has its own.
 */
final class SimulatedFetches implements HostFetches {

  private static final Pattern STANDS_FOR =
      Pattern.compile("simulated file with SHA-256 ([0-9a-f]{64})\n");

  private static final int LENGTH = "simulated file with SHA-256 \n".length() + 64;

  private final SimulatedState state;
  private final SimulatedFiles files;
  private final DirectoryFiles tree;

  SimulatedFetches(SimulatedState state, SimulatedFiles files, DirectoryFiles tree) {
    this.state = state;
    this.files = files;
    this.tree = tree;
  }

  @Override
  public String sha256(String path) throws HostFailure {
    if (files.look(path).sizeBytes() == LENGTH) {
      String text = new String(files.read(path, LENGTH), StandardCharsets.UTF_8);
      Matcher matcher = STANDS_FOR.matcher(text);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return ContentDigest.of(tree, path);
  }

  @Override
  public void fetch(RemoteFile source, String path, Watch watch) throws HostFailure {
    files.prepare(path);
    tree.replace(
        path,
        "fetch",
        MODE,
        temporary -> {
          String served = state.now().urls().get(source.address());
          String why = whyNot(served, source.sha256(), watch);
          if (!why.isEmpty()) {
            throw new HostFailure("cannot fetch " + path + " from " + source.shown() + ": " + why);
          }
          Files.writeString(temporary, "simulated file with SHA-256 " + served + "\n");
        });
  }

  private static String whyNot(@Nullable String served, String wanted, Watch watch) {
    if (served == null) {
      return "the server answered 404 (not found)";
    }
    if (!watch.goesOn(LENGTH, LENGTH)) {
      return "the run was ended before it was complete";
    }
    return served.equals(wanted)
        ? ""
        : String.format(
            "what the server sent has the SHA-256 digest %s, and %s is declared", served, wanted);
  }
}
