package org.quattor.ncm.xen.cli;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Profile;
import picocli.CommandLine.Option;

/** Where the profile comes from. */
final class ProfileOptions {

  @Option(
      names = "--profile",
      order = 1,
      paramLabel = "FILE|-",
      description =
          "The host's compiled profile, JSON or XML, gzip allowed; - reads standard input.")
  @Nullable String profile;

  /** Reads the profile; the command is named in the sentence that asks for one. */
  Profile read(Engine engine, InputStream in, String command) {
    if (profile == null) {
      throw new Failure(
          Exit.USAGE,
          command
              + " needs a profile; expected --profile FILE with a compiled profile (JSON or XML,"
              + " gzip allowed), or --profile - for standard input");
    }
    return InputFiles.read(engine, in, profile);
  }
}
