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
import java.util.TreeMap;
import java.util.stream.Stream;

/** The {@code xl} of Xen 4.17, made to parse guest files without a hypervisor. */
final class RealXl {

  private static final Path XL = Path.of("/usr/lib/xen-4.17/bin/xl");

  private final Path folder;
  private final Path shim;

  private RealXl(Path folder, Path shim) {
    this.folder = folder;
    this.shim = shim;
  }

  /**
   * What xl said.
   *
   * @param exit its exit status
   * @param leaves of the JSON that it printed, without what is the same for every guest
   * @param errors its standard error
   */
  record Answer(int exit, Map<String, String> leaves, String errors) {}

  /** Makes it ready; skips the test where it is not installed. */
  static RealXl orSkip(Path folder) throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(XL),
        "SKIPPED: no "
            + XL
            + ", so no guest file is shown to the real xl (package xen-utils-4.17)");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/cc")),
        "SKIPPED: no cc, so no guest file is shown to the real xl (package gcc)");
    Path source = folder.resolve("xl-offline.c");
    try (InputStream resource = RealXl.class.getResourceAsStream("xl-offline.c")) {
      Files.copy(resource, source);
    }
    Path shim = folder.resolve("xl-offline.so");
    Process cc =
        new ProcessBuilder("cc", "-shared", "-fPIC", "-o", shim.toString(), source.toString())
            .inheritIO()
            .start();
    if (cc.waitFor() != 0) {
      throw new AssertionError("the shim does not compile");
    }
    return new RealXl(folder, shim);
  }

  Answer read(String text) throws IOException, InterruptedException {
    return read(List.of(text)).get(0);
  }

  /** Reads many, two at a time; the answers are in the order of the texts. */
  List<Answer> read(List<String> texts) throws IOException, InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < texts.size(); i += 2) {
      List<Run> runs = new ArrayList<>();
      for (String text : texts.subList(i, Math.min(i + 2, texts.size()))) {
        runs.add(start(runs.size(), text));
      }
      for (Run run : runs) {
        answers.add(run.answer());
      }
    }
    return answers;
  }

  private Run start(int slot, String text) throws IOException {
    Path file = folder.resolve("guest" + slot);
    Path out = folder.resolve("out" + slot);
    Path err = folder.resolve("err" + slot);
    Files.writeString(file, text, StandardCharsets.UTF_8);
    // -q leaves out "Parsing config from ...", which xl says of every file.
    ProcessBuilder builder =
        new ProcessBuilder(XL.toString(), "-N", "create", "-q", file.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("LD_PRELOAD", shim.toString());
    return new Run(builder.start(), out, err);
  }

  private record Run(Process process, Path out, Path err) {
    Answer answer() throws IOException, InterruptedException {
      int exit = process.waitFor();
      String errors;
      try (Stream<String> lines = Files.readString(err, StandardCharsets.ISO_8859_1).lines()) {
        // A machine without Xen has no xl.conf, which is said once and means nothing here.
        errors =
            String.join("\n", lines.filter(line -> !line.contains("/etc/xen/xl.conf")).toList());
      }
      Map<String, String> leaves =
          exit == 0
              ? JsonLeaves.of(Files.readString(out, StandardCharsets.UTF_8))
              : new TreeMap<>();
      leaves.remove("c_info.run_hotplug_scripts");
      leaves.remove("b_info.claim_mode");
      leaves.remove("on_soft_reset");
      return new Answer(exit, leaves, errors);
    }
  }
}
