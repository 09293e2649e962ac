package org.quattor.ncm.xen.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process: the streams and the exit code of {@link NcmXen}. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    // Types that none of our options has; picocli would load some 80 classes to be ready for them.
    System.setProperty("picocli.converters.excludes", "java[.](nio|sql|time)[.].*");
    NcmXen command = new NcmXen(Engine.xen(), Interruption.bySignal(), Surroundings.ofProcess());
    System.exit(
        command.run(args, System.in, writer(FileDescriptor.out), writer(FileDescriptor.err)));
  }

  // Not System.out: its encoding would be the locale's, and JSON and guest files are not.
  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
  }
}
