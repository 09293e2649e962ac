package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import org.quattor.ncm.xen.schema.Schema;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ncm-xen schema}. */
final class SchemaCommand extends Command {

  private final OutputOptions output = new OutputOptions(this);

  private final OptionSpec format =
      add(
          Declare.choice(
                  Format.class,
                  "--format",
                  ImmutableMap.of("pan", Format.PAN, "json-schema", Format.JSON_SCHEMA))
              .order(1)
              .description(
                  "The output; --json is the same as --format json-schema.", "Default: pan")
              .build());

  private final SchemaOption schema = new SchemaOption(this);

  SchemaCommand(Session session) {
    super("schema", session);
    describe(
        "Print the schema of /software/components/xen.",
        "",
        "As the Pan declarations that the compiler reads, or as a JSON Schema for editors that"
            + " complete and check a profile.");
    examples(
        "ncm-xen schema",
        "ncm-xen schema --format json-schema > xen.schema.json",
        "ncm-xen schema --format json-schema --schema site.pan");
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::print);
  }

  private Exit print(Console console) {
    Format wanted = format.getValue();
    if (wanted == null) {
      wanted = output.json() ? Format.JSON_SCHEMA : Format.PAN;
    }
    Path file = schema.file();
    Schema read = file == null ? Schema.builtIn() : Schema.read(file);
    console.answer(wanted == Format.PAN ? read.pan() : read.jsonSchema());
    return Exit.DONE;
  }

  /** How the schema is written. */
  private enum Format {
    PAN,
    JSON_SCHEMA
  }
}
