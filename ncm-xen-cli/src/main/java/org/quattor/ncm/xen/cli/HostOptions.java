package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.ComponentContext;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Which host to work on. */
final class HostOptions {

  private static final String SIMULATED = "simulated:";

  private final OptionSpec host =
      Declare.text("--host")
          .order(10)
          .paramLabel("local|simulated:DIR")
          .defaultValue("local")
          .converters(new HostName())
          .description(
              "The host to work on: this one, or a simulated one whose files and state are in DIR.",
              "Default: ${DEFAULT-VALUE}")
          .build();

  private final OptionSpec commandTimeout =
      Declare.value(int.class, "--command-timeout")
          .order(13)
          .paramLabel("S")
          .defaultValue("120")
          .converters(new Seconds())
          .description(
              "Seconds that each external command, and each file that is fetched, may take.",
              "Default: ${DEFAULT-VALUE}")
          .build();

  void addTo(CommandSpec spec) {
    spec.addOption(host);
    spec.addOption(commandTimeout);
  }

  String host() {
    return host.getValue();
  }

  /** Returns whether the host is the one that this process runs on. */
  boolean local() {
    return !host().startsWith(SIMULATED);
  }

  void addTo(ComponentContext.Builder context) {
    context
        .option("host", ImmutableList.of(host()))
        .option("command-timeout", ImmutableList.of(commandTimeout.getValue().toString()));
  }

  /** Reads the value of {@code --host}. */
  static final class HostName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.equals("local") || (text.startsWith(SIMULATED) && !text.equals(SIMULATED))) {
        return text;
      }
      throw new TypeConversionException(
          "--host takes local or simulated:DIR with the folder of a simulated host, not '"
              + text
              + "'");
    }
  }

  /** Reads a time in whole seconds, up to a day. */
  static final class Seconds implements ITypeConverter<Integer> {
    private static final int DAY = 86_400;

    @Override
    public Integer convert(String text) {
      if (text.matches("[0-9]{1,5}")) {
        int seconds = Integer.parseInt(text);
        if (seconds >= 1 && seconds <= DAY) {
          return seconds;
        }
      }
      throw new TypeConversionException(
          "--command-timeout takes whole seconds from 1 to " + DAY + ", not '" + text + "'");
    }
  }
}
