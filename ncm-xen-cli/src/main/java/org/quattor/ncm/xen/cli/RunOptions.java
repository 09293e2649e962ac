package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.ComponentContext;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options of configure and unconfigure. */
final class RunOptions extends Command.Group {

  final ProfileOptions profile;
  final HostOptions host;
  final ModelOptions model;
  final LockOptions lock;
  final DispatchOptions dispatch;
  final OutputOptions output;
  final GuestSelection guests;

  private final OptionSpec noAction =
      add(
          Declare.flag("--noaction")
              .order(21)
              .description("Print what would be done, and change nothing.")
              .build());

  private final OptionSpec stopDomains =
      add(
          Declare.flag("--stop-domains")
              .order(22)
              .description(
                  "Shut down the domains of guests that are withdrawn. Without it they go on running.")
              .build());

  RunOptions(Command command) {
    super(command);
    profile = new ProfileOptions(command);
    host = new HostOptions(command);
    model = new ModelOptions(command);
    lock = new LockOptions(command);
    dispatch = new DispatchOptions(command);
    output = new OutputOptions(command);
    guests = new GuestSelection(command, "Work on this guest only, and withdraw no other guest.");
    // ncm-ncd names the component: ncm-ncd --configure xen.
    command.add(
        Declare.argument()
            .hidden(true)
            .converters(new ComponentName(command.spec().name()))
            .build());
  }

  void addTo(ComponentContext.Builder context) {
    host.addTo(context);
    model.addTo(context);
    context.option("guest", guests.names());
    if (stopDomains.getValue()) {
      context.option("stop-domains", ImmutableList.of("true"));
    }
  }

  boolean noAction() {
    return noAction.getValue();
  }

  /**
   * Reads the name of the component.
   *
   * @param command the command that it is an argument of
   */
  private record ComponentName(String command) implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.equals("xen")) {
        return text;
      }
      throw new TypeConversionException(
          command + " expects no argument but the component's name, xen, not \"" + text + "\"");
    }
  }
}
