package org.quattor.ncm.xen.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a dispatcher wants of a run beside its work; as ncm-ncd has it. */
final class DispatchOptions {

  /** Switches off what the file of settings switches on. */
  private static final String NONE = "none";

  private final OptionSpec state =
      Declare.text("--state")
          .order(40)
          .paramLabel("DIR|none")
          .description(
              "Keep the file DIR/xen while the component is to be run or has failed: one empty line,"
                  + " or the number of errors. Default: none")
          .build();

  private final OptionSpec logFolder =
      Declare.text("--logdir")
          .order(41)
          .paramLabel("DIR|none")
          .description("Append to the log DIR/component-xen.log. Default: none")
          .build();

  private final OptionSpec logFile =
      Declare.text("--logfile")
          .order(42)
          .paramLabel("FILE|none")
          .description("Append to this log instead.")
          .build();

  private final OptionSpec facility =
      Declare.text("--facility")
          .order(43)
          .paramLabel("NAME")
          .defaultValue("local1")
          .converters(new Facility())
          .description(
              "The facility of the system log, which gets what a log gets whose name ends in .log.",
              "Default: ${DEFAULT-VALUE}")
          .build();

  private final OptionSpec noSummary =
      Declare.flag("--no-summary")
          .order(44)
          .description("Leave out the last lines, which count errors and warnings.")
          .build();

  private final OptionSpec checkNoQuattor =
      Declare.flag("--check-noquattor")
          .order(45)
          .negatable(true)
          .fallbackValue("true")
          .defaultValue("true")
          .description("Do nothing where /etc/noquattor exists. Default: yes")
          .build();

  private final OptionSpec forceQuattor =
      Declare.flag("--force-quattor")
          .order(46)
          .description("Work even where /etc/noquattor exists.")
          .build();

  // ConfigurationFile has read it from the arguments already: the options' defaults come from
  // there.
  private final OptionSpec settings =
      Declare.text("--cfgfile")
          .order(47)
          .paramLabel("FILE")
          .description(
              "Settings: lines OPTION = VALUE, with # before comments. Default: /etc/ncm-xen.conf,"
                  + " where it is there")
          .build();

  void addTo(CommandSpec spec) {
    spec.addOption(state);
    spec.addOption(logFolder);
    spec.addOption(logFile);
    spec.addOption(facility);
    spec.addOption(noSummary);
    spec.addOption(checkNoQuattor);
    spec.addOption(forceQuattor);
    spec.addOption(settings);
  }

  String facility() {
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

  /** Returns the folder of state files, as named; null when none is wanted. */
  @Nullable String state() {
    String folder = state.getValue();
    return NONE.equals(folder) ? null : folder;
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
    String folder = logFolder.getValue();
    return folder == null || folder.equals(NONE) ? null : folder + "/component-xen.log";
  }
}
