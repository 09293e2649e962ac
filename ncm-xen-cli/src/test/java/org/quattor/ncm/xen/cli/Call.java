package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of the command, within the JVM, and what it left.
 *
 * @param code the exit code
 * @param out what stands on standard output
 * @param err what stands on standard error
 */
record Call(int code, String out, String err) {

  /** A folder that stands for the host's root folder, so that nothing is locked or logged here. */
  static final Path HOST = newHost();

  /** Root on a host, without a terminal. */
  static final ProcessEnvironment ROOT =
      new ProcessEnvironment(ImmutableMap.of(), false, false, true, HOST);

  /** Somebody on a host, without a terminal. */
  static final ProcessEnvironment USER =
      new ProcessEnvironment(ImmutableMap.of(), false, false, false, HOST);

  /** Root at a terminal. */
  static final ProcessEnvironment TERMINAL =
      new ProcessEnvironment(ImmutableMap.of("TERM", "xterm"), true, true, true, HOST);

  /** Calls the command as root. */
  static Call of(Services services, String... arguments) {
    return of(services, ROOT, Interruption.none(), arguments);
  }

  /** Calls the command as root with {@code --profile} and the name of a file that is there. */
  static Call withProfile(Services services, String... arguments) {
    return withProfile(services, ROOT, arguments);
  }

  /** Calls the command with {@code --profile} and the name of a file that is there. */
  static Call withProfile(Services services, ProcessEnvironment surroundings, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--profile");
    all.add(profile().toString());
    return of(services, surroundings, Interruption.none(), all.toArray(new String[0]));
  }

  /** Calls the command; what it prints with {@code --json} is held against its schema. */
  static Call of(
      Services services,
      ProcessEnvironment surroundings,
      Interruption interruption,
      String... arguments) {
    Call call = unchecked(services, surroundings, interruption, arguments);
    if (List.of(arguments).contains("--json")) {
      JsonDocuments.assertKept(call, arguments);
    }
    return call;
  }

  /** Calls the command, whatever it prints. */
  static Call unchecked(
      Services services,
      ProcessEnvironment surroundings,
      Interruption interruption,
      String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new NcmXen(services, interruption, surroundings)
            .run(
                arguments,
                new ByteArrayInputStream(new byte[0]),
                new PrintWriter(out),
                new PrintWriter(err));
    return new Call(code, out.toString(), err.toString());
  }

  private static Path newHost() {
    try {
      return Files.createTempDirectory("host");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a file that is there; what it holds does not matter. */
  static Path profile() {
    try {
      Path file = Files.createTempFile("profile", ".json");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
