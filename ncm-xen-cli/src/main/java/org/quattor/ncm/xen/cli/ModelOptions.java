package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.xen.host.Toolstack;
import picocli.CommandLine.Model.OptionSpec;

/** The toolstack and the schema that a profile is checked for. */
final class ModelOptions extends Command.Group {

  private final OptionSpec toolstack =
      add(
          Declare.choice("--toolstack", "auto", "xl", "xm")
              .order(11)
              .defaultValue("auto")
              .description(
                  "The program that manages domains. auto: xm where xend runs, otherwise xl, otherwise"
                      + " xm.",
                  "Default: ${DEFAULT-VALUE}")
              .build());

  private final SchemaOption schema;

  ModelOptions(Command command) {
    super(command);
    schema = new SchemaOption(command);
  }

  /** Returns the toolstack that guest files are written for without a host. */
  Toolstack dialect() {
    return toolstack.getValue().equals("xm") ? Toolstack.XM : Toolstack.XL;
  }

  void addTo(ComponentContext.Builder context) {
    context.option("toolstack", ImmutableList.of(toolstack.getValue()));
    Path file = schemaFile();
    if (file != null) {
      context.option("schema", ImmutableList.of(file.toString()));
    }
  }

  /** Returns the file of {@code --schema}; null when it is not given. */
  @Nullable Path schemaFile() {
    return schema.file();
  }
}
