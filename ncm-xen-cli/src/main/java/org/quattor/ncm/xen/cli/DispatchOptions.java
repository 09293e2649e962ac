package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** What a dispatcher wants of a run beside its work, as ncm-ncd has it. */
final class DispatchOptions extends Command.Group {

  /** Switches off what the configuration file switches on. */
  private static final String NONE = "none";

  /** The facilities of {@code syslog(3)}. */
  private static final ImmutableMap<String, Integer> FACILITIES =
      ImmutableMap.<String, Integer>builder()
          .put("user", 1)
          .put("daemon", 3)
          .put("auth", 4)
          .put("authpriv", 10)
          .put("local0", 16)
          .put("local1", 17)
          .put("local2", 18)
          .put("local3", 19)
          .put("local4", 20)
          .put("local5", 21)
          .put("local6", 22)
          .put("local7", 23)
          .buildOrThrow();

  private final OptionSpec state =
      add(
          Declare.text("--state")
              .order(40)
              .paramLabel("DIR|none")
              .description(
                  "Keep the state file DIR/xen: an empty line while the component is waiting or"
                      + " running, the number of errors after a failure, no file after a success."
                      + " Default: none")
              .build());

  private final OptionSpec logDirectory =
      add(
          Declare.text("--logdir")
              .order(41)
              .paramLabel("DIR|none")
              .description("Append to the log file DIR/component-xen.log. Default: none")
              .build());

  private final OptionSpec logFile =
      add(
          Declare.text("--logfile")
              .order(42)
              .paramLabel("FILE|none")
              .description("Append to this log file instead.")
              .build());

  private final OptionSpec facility =
      add(
          Declare.choice(Integer.class, "--facility", FACILITIES)
              .order(43)
              .paramLabel("NAME")
              .defaultValue("local1")
              .description(
                  "The syslog facility. Lines are also sent to syslog when the name of the log file ends"
                      + " in .log.",
                  "Default: ${DEFAULT-VALUE}")
              .build());

  private final OptionSpec noSummary =
      add(
          Declare.flag("--no-summary")
              .order(44)
              .description("Do not print the last lines, which count errors and warnings.")
              .build());

  private final OptionSpec checkNoQuattor =
      add(
          Declare.flag("--check-noquattor")
              .order(45)
              .negatable(true)
              .fallbackValue("true")
              .defaultValue("true")
              .description("Do nothing when /etc/noquattor exists. Default: yes")
              .build());

  private final OptionSpec forceQuattor =
      add(
          Declare.flag("--force-quattor")
              .order(46)
              .description("Run even when /etc/noquattor exists.")
              .build());

  DispatchOptions(Command command) {
    super(command);
    // Never asked for its value: ConfigurationFile takes it from the arguments, because the
    // defaults of the options come from that file.
    add(
        Declare.text("--cfgfile")
            .order(47)
            .paramLabel("FILE")
            .description(
                "The configuration file: lines OPTION = VALUE; # begins a comment. Default:"
                    + " /etc/ncm-xen.conf, if it exists")
            .build());
  }

  /** Returns the number of the syslog facility. */
  int facility() {
    return facility.getValue();
  }

  boolean noSummary() {
    return noSummary.getValue();
  }

  boolean checkNoQuattor() {
    return checkNoQuattor.getValue();
  }

  boolean forceQuattor() {
    return forceQuattor.getValue();
  }

  /** Returns the directory of state files, as named; null when none is wanted. */
  @Nullable String state() {
    String directory = state.getValue();
    return NONE.equals(directory) ? null : directory;
  }

  /** Returns the option that names the log, for messages. */
  String logOption() {
    return logFile.getValue() == null ? "--logdir" : "--logfile";
  }

  /** Returns the path of the log, as named; null when none is wanted. */
  @Nullable String log() {
    String file = logFile.getValue();
    if (file != null) {
      return file.equals(NONE) ? null : file;
    }
    String directory = logDirectory.getValue();
    return directory == null || directory.equals(NONE) ? null : directory + "/component-xen.log";
  }
}
