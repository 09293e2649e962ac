package org.quattor.ncm.xen.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** An {@code ip} that knows no device and records how it was called. */
final class StandInOfIp {

  private StandInOfIp() {}

  static void put(Path folder, Path record) throws IOException {
    script(
        folder,
        "ip",
        """
        #!/bin/sh
        { printf 'ip'; for word in "$@"; do printf ' <%%s>' "$word"; done; echo; } >>'%s'
        echo 'Device does not exist.' >&2
        exit 1
        """
            .formatted(record));
  }

  static Path script(Path folder, String name, String text) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }
}
