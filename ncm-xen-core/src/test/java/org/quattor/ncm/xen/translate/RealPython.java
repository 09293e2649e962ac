package org.quattor.ncm.xen.translate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Executes files for {@code xm} as {@code xm} did: as Python. */
final class RealPython {

  private final String command;
  private final Path folder;

  private RealPython(String command, Path folder) {
    this.command = command;
    this.folder = folder;
  }

  /** Makes it ready; skips the test where the command does not run. */
  static RealPython orSkip(String command, Path folder) throws InterruptedException {
    assumeTrue(runs(command), "SKIPPED: no " + command + ", so no file for xm is executed by it");
    return new RealPython(command, folder);
  }

  /** Returns the variables of each file, in order. */
  List<Map<String, String>> execute(List<String> texts) throws IOException, InterruptedException {
    Path driver = folder.resolve("run-as-xm.py");
    try (InputStream resource = RealPython.class.getResourceAsStream("run-as-xm.py")) {
      Files.write(driver, resource.readAllBytes());
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Path file = folder.resolve("guest" + i);
      Files.writeString(file, texts.get(i), StandardCharsets.US_ASCII);
      names.add(file.toString());
    }
    Path list = Files.writeString(folder.resolve("names"), String.join("\n", names) + "\n");
    Path out = folder.resolve("answers");
    Process python =
        new ProcessBuilder(command, driver.toString())
            .redirectInput(list.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (python.waitFor() != 0) {
      throw new AssertionError(command + " refuses a file");
    }
    return Files.readAllLines(out).stream().map(JsonLeaves::of).toList();
  }

  private static boolean runs(String command) throws InterruptedException {
    try {
      return new ProcessBuilder(command, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
