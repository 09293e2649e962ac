package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.ComponentContext;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The host to work on. */
final class HostOptions extends Command.Group {

  private static final int DAY = 86_400;

  private final OptionSpec host =
      add(
          Declare.text("--host")
              .order(10)
              .paramLabel("local|simulated:DIR")
              .defaultValue("local")
              .converters(new HostName())
              .description(
                  "The host to work on: this one, or a simulated one whose files and state are in the"
                      + " directory DIR.",
                  "Default: ${DEFAULT-VALUE}")
              .build());

  private final OptionSpec commandTimeout =
      add(
          Declare.seconds("--command-timeout", 1, DAY)
              .order(13)
              .defaultValue("120")
              .description(
                  "Seconds that each external command and each file transfer can take.",
                  "Default: ${DEFAULT-VALUE}")
              .build());

  HostOptions(Command command) {
    super(command);
  }

  String host() {
    return host.getValue();
  }

  void addTo(ComponentContext.Builder context) {
    context
        .option("host", ImmutableList.of(host()))
        .option("command-timeout", ImmutableList.of(commandTimeout.getValue().toString()));
  }

  /** Reads the value of {@code --host}. */
  private static final class HostName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.equals("local")
          || (text.startsWith(RunDirectories.SIMULATED)
              && !text.equals(RunDirectories.SIMULATED))) {
        return text;
      }
      throw new TypeConversionException(
          "--host expects local, or simulated:DIR with the directory of a simulated host, not \""
              + text
              + "\"");
    }
  }
}
