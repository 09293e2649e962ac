package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.OptionSpec;

/** Any bytes as {@code ncm-xen.conf} are read, or refused in one line with its place. */
public final class SettingsFuzz {

  private static final Path FILE = file();
  private static final ImmutableList<OptionSpec> KNOWN = known();

  private SettingsFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    try {
      ConfigurationFile.read(() -> KNOWN, ImmutableList.of("plan", "--cfgfile=" + FILE), Call.ROOT);
    } catch (Failure e) {
      String message = String.valueOf(e.getMessage());
      if (!message.startsWith(FILE + ":")
          || message.indexOf('\n') >= 0
          || e.exit() != Exit.CONFIGURATION) {
        throw new AssertionError("not one line with its place: " + message, e);
      }
    }
  }

  private static ImmutableList<OptionSpec> known() {
    Session session =
        new Session(
            new FakeEngine(),
            Interruption.none(),
            Call.ROOT,
            InputStream.nullInputStream(),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()));
    return NcmXen.settable(session);
  }

  private static Path file() {
    try {
      return Files.createTempFile("ncm-xen", ".conf");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
