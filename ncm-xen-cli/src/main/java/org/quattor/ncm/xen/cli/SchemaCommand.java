package org.quattor.ncm.xen.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.quattor.ncm.xen.SchemaDocument;
import org.quattor.ncm.xen.SchemaDocument.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** {@code ncm-xen schema}. */
final class SchemaCommand implements Callable<Integer> {

  private final OutputOptions output = new OutputOptions();

  private final OptionSpec format =
      Declare.value(Format.class, "--format")
          .order(1)
          .paramLabel("pan|json-schema|markdown")
          .converters(new FormatName())
          .description("How it is written; --json stands for json-schema.", "Default: pan")
          .build();

  private final OptionSpec schema =
      Declare.text("--schema")
          .order(2)
          .paramLabel("FILE")
          .description("A Pan file that extends the schema, instead of the one that is built in.")
          .build();

  private final Session session;

  SchemaCommand(Session session) {
    this.session = session;
  }

  /** Returns the command as picocli is to know it. */
  CommandSpec spec() {
    CommandSpec spec = Declare.command("schema", this);
    output.addTo(spec);
    spec.addOption(format);
    spec.addOption(schema);
    spec.usageMessage()
        .description(
            "Print what /software/components/xen may hold.",
            "",
            "As the Pan declarations that the compiler reads too, as a JSON Schema with which editors"
                + " complete and check a profile, or as tables with types, defaults and meanings.")
        .footer(
            "",
            "Examples:",
            "  ncm-xen schema",
            "  ncm-xen schema --format json-schema > xen.schema.json",
            "  ncm-xen schema --format markdown --schema site.pan");
    return spec;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::print);
  }

  private Exit print(Console console) {
    Path file = null;
    String name = schema.getValue();
    if (name != null) {
      file = InputFiles.path(name, "--schema");
      if (!Files.isRegularFile(file)) {
        throw new Failure(
            Exit.CONFIGURATION,
            InputFiles.missing(file, "--schema expects a Pan file with the component's types"));
      }
    }
    Format wanted = format.getValue();
    if (wanted == null) {
      wanted = output.json() ? Format.JSON_SCHEMA : Format.PAN;
    }
    console.answer(SchemaDocument.of(wanted, file));
    return Exit.DONE;
  }

  /** Reads the value of {@code --format}. */
  static final class FormatName implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return switch (text) {
        case "pan" -> Format.PAN;
        case "json-schema" -> Format.JSON_SCHEMA;
        case "markdown" -> Format.MARKDOWN;
        default ->
            throw new TypeConversionException(
                "--format takes pan, json-schema or markdown, not '" + text + "'");
      };
    }
  }
}
