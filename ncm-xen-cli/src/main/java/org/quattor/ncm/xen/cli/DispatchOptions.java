package org.quattor.ncm.xen.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a dispatcher wants of a run beside its work; as ncm-ncd has it. */
final class DispatchOptions {

  /** Switches off what the file of settings switches on. */
  private static final String NONE = "none";

  @Option(
      names = "--state",
      order = 40,
      paramLabel = "DIR|none",
      description =
          "Keep the file DIR/xen while the component is to be run or has failed: one empty line,"
              + " or the number of errors. Default: none")
  private @Nullable String state;

  @Option(
      names = "--logdir",
      order = 41,
      paramLabel = "DIR|none",
      description = "Append to the log DIR/component-xen.log. Default: none")
  private @Nullable String logFolder;

  @Option(
      names = "--logfile",
      order = 42,
      paramLabel = "FILE|none",
      description = "Append to this log instead.")
  private @Nullable String logFile;

  @Option(
      names = "--facility",
      order = 43,
      paramLabel = "NAME",
      defaultValue = "local1",
      converter = Facility.class,
      description = {
        "The facility of the system log, which gets what a log gets whose name ends in .log.",
        "Default: ${DEFAULT-VALUE}"
      })
  String facility = "local1";

  @Option(
      names = "--no-summary",
      order = 44,
      description = "Leave out the last lines, which count errors and warnings.")
  boolean noSummary;

  @Option(
      names = "--check-noquattor",
      order = 45,
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Do nothing where /etc/noquattor exists. Default: yes")
  boolean checkNoQuattor = true;

  @Option(
      names = "--force-quattor",
      order = 46,
      description = "Work even where /etc/noquattor exists.")
  boolean forceQuattor;

  @Option(
      names = "--cfgfile",
      order = 47,
      paramLabel = "FILE",
      description =
          "Settings: lines OPTION = VALUE, with # before comments. Default: /etc/ncm-xen.conf,"
              + " where it is there")
  void settings(String file) {
    // Settings has read it from the arguments already: the options' defaults come from there.
  }

  /** Returns the folder of state files, as named; null when none is wanted. */
  @Nullable String state() {
    return NONE.equals(state) ? null : state;
  }

  /** Returns the option that names the log, for messages. */
  String logOption() {
    return logFile == null ? "--logdir" : "--logfile";
  }

  /** Returns the path of the log, as named; null when none is wanted. */
  @Nullable String log() {
    if (logFile != null) {
      return logFile.equals(NONE) ? null : logFile;
    }
    return logFolder == null || logFolder.equals(NONE) ? null : logFolder + "/component-xen.log";
  }

  /** Reads the name of a facility. */
  static final class Facility implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!RunLog.FACILITIES.containsKey(text)) {
        throw new TypeConversionException(
            "--facility takes one of "
                + String.join(", ", RunLog.FACILITIES.keySet())
                + ", not '"
                + text
                + "'");
      }
      return text;
    }
  }
}
