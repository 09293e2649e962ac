package org.quattor.ncm.xen.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The schema of a site. */
final class SchemaOption extends Command.Group {

  private final OptionSpec schema =
      add(
          Declare.text("--schema")
              .order(12)
              .paramLabel("FILE")
              .description("A Pan file of the site that extends the built-in schema.")
              .build());

  SchemaOption(Command command) {
    super(command);
  }

  /** Returns the file; null when the option is not given. */
  @Nullable Path file() {
    String name = schema.getValue();
    if (name == null) {
      return null;
    }
    Path file = InputFiles.path(name, "--schema");
    if (!Files.isRegularFile(file)) {
      throw new Failure(
          Exit.CONFIGURATION,
          InputFiles.missing(file, "--schema expects a Pan file with the component's types"));
    }
    return file;
  }
}
