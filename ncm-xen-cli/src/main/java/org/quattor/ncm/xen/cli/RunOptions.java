package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.quattor.ncm.component.ComponentContext;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options of configure and unconfigure. */
final class RunOptions {

  final ProfileOptions profile = new ProfileOptions();
  final HostOptions host = new HostOptions();
  final ModelOptions model = new ModelOptions();
  final LockOptions lock = new LockOptions();
  final DispatchOptions dispatch = new DispatchOptions();
  final OutputOptions output = new OutputOptions();

  private final OptionSpec guests =
      Declare.texts("--guest")
          .order(20)
          .paramLabel("NAME")
          .description(
              "Work on this guest only; may be given several times. Never withdraws others.")
          .build();

  private final OptionSpec noAction =
      Declare.flag("--noaction")
          .order(21)
          .description("Print what would be done and change nothing.")
          .build();

  private final OptionSpec stopDomains =
      Declare.flag("--stop-domains")
          .order(22)
          .description("Shut down the domains of guests that are withdrawn; otherwise they run on.")
          .build();

  void addTo(CommandSpec spec) {
    profile.addTo(spec);
    host.addTo(spec);
    model.addTo(spec);
    lock.addTo(spec);
    dispatch.addTo(spec);
    output.addTo(spec);
    spec.addOption(guests);
    spec.addOption(noAction);
    spec.addOption(stopDomains);
    // ncm-ncd names the component: ncm-ncd --configure xen.
    spec.addPositional(
        Declare.argument().hidden(true).converters(new ComponentName(spec.name())).build());
  }

  void addTo(ComponentContext.Builder context) {
    host.addTo(context);
    model.addTo(context);
    context.option("guest", guests());
    if (stopDomains.getValue()) {
      context.option("stop-domains", ImmutableList.of("true"));
    }
  }

  List<String> guests() {
    return guests.getValue();
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
          command + " takes no argument but the component's name, xen; not '" + text + "'");
    }
  }
}
