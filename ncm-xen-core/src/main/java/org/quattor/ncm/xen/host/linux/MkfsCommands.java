package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.UUID;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.NewFilesystem;

/**
 * The command lines that make file systems. Discarding is switched off throughout: it would give
 * back the space of an image that was reserved, and takes minutes on some devices.
 */
final class MkfsCommands {

  private final CommandRunner runner;

  MkfsCommands(CommandRunner runner) {
    this.runner = runner;
  }

  /** Returns whether the program for the type is installed. */
  boolean has(FilesystemType type) {
    return runner.has(type.program());
  }

  /** Makes a file system in a regular file of ours. */
  void inFile(Path place, NewFilesystem filesystem) throws HostFailure {
    ImmutableList<String> options =
        switch (filesystem.type()) {
          case EXT4 -> ImmutableList.of("-q", "-F", "-E", "nodiscard");
          case XFS -> ImmutableList.of("-q", "-f", "-K");
          case SWAP -> ImmutableList.of();
        };
    run(place, filesystem, options);
  }

  /**
   * Makes a file system on a device, where the programs themselves refuse one that is in use.
   *
   * @param uuid its identity
   * @param unfinished whether there is an incomplete one of the same type, which {@code mkfs.xfs}
   *     overwrites only when told to
   */
  void onDevice(Path place, NewFilesystem filesystem, UUID uuid, boolean unfinished)
      throws HostFailure {
    ImmutableList<String> options =
        switch (filesystem.type()) {
          case EXT4 -> ImmutableList.of("-q", "-E", "nodiscard", "-U", uuid.toString());
          case XFS ->
              unfinished
                  ? ImmutableList.of("-q", "-f", "-K", "-m", "uuid=" + uuid)
                  : ImmutableList.of("-q", "-K", "-m", "uuid=" + uuid);
          case SWAP -> ImmutableList.of("-U", uuid.toString());
        };
    run(place, filesystem, options);
  }

  private void run(Path place, NewFilesystem filesystem, ImmutableList<String> options)
      throws HostFailure {
    ImmutableList.Builder<String> argv = ImmutableList.builder();
    argv.add(filesystem.type().program()).addAll(options);
    if (!filesystem.label().isEmpty()) {
      argv.add("-L", filesystem.label());
    }
    argv.add("--", place.toString());
    runner.run(argv.build().toArray(String[]::new)).output();
  }
}
