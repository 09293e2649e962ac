package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A script in a folder of programs, in place of a tool that this machine cannot run for real. */
final class StandIn {

  private StandIn() {}

  /** Puts a script of the test resources into the folder, with the words in it replaced. */
  static void put(Path folder, String name, String resource, Map<String, Path> words)
      throws IOException {
    try (InputStream in = StandIn.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, Path> word : words.entrySet()) {
        text = text.replace(word.getKey(), "'" + word.getValue() + "'");
      }
      script(folder, name, text);
    }
  }

  /** Puts a script into the folder. */
  static void script(Path folder, String name, String text) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
