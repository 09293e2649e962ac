package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.ComponentContext;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which host to work on. */
final class HostOptions {

  private static final String SIMULATED = "simulated:";

  @Option(
      names = "--host",
      order = 10,
      paramLabel = "local|simulated:DIR",
      defaultValue = "local",
      converter = HostName.class,
      description = {
        "The host to work on: this one, or a simulated one whose files and state are in DIR.",
        "Default: ${DEFAULT-VALUE}"
      })
  String host = "local";

  @Option(
      names = "--command-timeout",
      order = 13,
      paramLabel = "S",
      defaultValue = "120",
      converter = Seconds.class,
      description = {
        "Seconds that each external command, and each file that is fetched, may take.",
        "Default: ${DEFAULT-VALUE}"
      })
  int commandTimeout;

  /** Returns whether the host is the one that this process runs on. */
  boolean local() {
    return !host.startsWith(SIMULATED);
  }

  void addTo(ComponentContext.Builder context) {
    context
        .option("host", ImmutableList.of(host))
        .option("command-timeout", ImmutableList.of(Integer.toString(commandTimeout)));
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
