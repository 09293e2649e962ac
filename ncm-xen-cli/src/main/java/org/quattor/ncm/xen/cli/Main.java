package org.quattor.ncm.xen.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.quattor.ncm.xen.schema.Schema;

/** The process: the streams and the exit code of {@link NcmXen}. */
public final class Main {

  /** The commands that check a profile against the schema. */
  private static final Set<String> CHECKING =
      Set.of("configure", "unconfigure", "plan", "status", "check", "show");

  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    readAhead(args);
    // Types that none of our options has; picocli would load some 80 classes to be ready for them.
    System.setProperty("picocli.converters.excludes", "java[.](nio|sql|time)[.].*");
    NcmXen command =
        new NcmXen(Services.xen(), Interruption.bySignal(), ProcessEnvironment.ofProcess());
    System.exit(
        command.run(args, System.in, writer(FileDescriptor.out), writer(FileDescriptor.err)));
  }

  /** Reads the schema on another processor while the arguments are looked at here. */
  private static void readAhead(String[] args) {
    if (args.length > 0 && CHECKING.contains(args[0])) {
      Thread thread = new Thread(new ReadAhead(), "schema");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** No method reference: the first of a run costs milliseconds, which nothing else would use. */
  private static final class ReadAhead implements Runnable {
    @Override
    public void run() {
      Schema.builtIn();
    }
  }

  // Not System.out: its encoding would be the locale's, and JSON and guest files are not.
  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
  }
}
