package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.xen.host.Toolstack;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** What a profile is read against. */
final class ModelOptions {

  private static final ImmutableList<String> TOOLSTACKS = ImmutableList.of("auto", "xl", "xm");

  private final OptionSpec toolstack =
      Declare.text("--toolstack")
          .order(11)
          .paramLabel("auto|xl|xm")
          .defaultValue("auto")
          .converters(new ToolstackName())
          .description(
              "The program that manages domains. auto: xm where its daemon runs, else xl, else xm.",
              "Default: ${DEFAULT-VALUE}")
          .build();

  private final OptionSpec schema =
      Declare.text("--schema")
          .order(12)
          .paramLabel("FILE")
          .description("A Pan file of the site that extends the built-in types of the component.")
          .build();

  void addTo(CommandSpec spec) {
    spec.addOption(toolstack);
    spec.addOption(schema);
  }

  /** Returns what guest files are made for where no host says it. */
  Toolstack dialect() {
    return toolstack.getValue().equals("xm") ? Toolstack.XM : Toolstack.XL;
  }

  void addTo(ComponentContext.Builder context) {
    context.option("toolstack", ImmutableList.of(toolstack.getValue()));
    String file = schema.getValue();
    if (schemaFile() != null && file != null) {
      context.option("schema", ImmutableList.of(file));
    }
  }

  /** Returns the file of {@code --schema}; null when it is not given. */
  @Nullable Path schemaFile() {
    String name = schema.getValue();
    if (name != null) {
      Path file = InputFiles.path(name, "--schema");
      if (!Files.isRegularFile(file)) {
        throw new Failure(
            Exit.CONFIGURATION,
            InputFiles.missing(file, "--schema expects a Pan file with the component's types"));
      }
      return file;
    }
    return null;
  }

  /** Reads the value of {@code --toolstack}. */
  static final class ToolstackName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (TOOLSTACKS.contains(text)) {
        return text;
      }
      throw new TypeConversionException("--toolstack takes auto, xl or xm, not '" + text + "'");
    }
  }
}
