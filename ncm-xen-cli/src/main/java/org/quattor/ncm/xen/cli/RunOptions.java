package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.component.ComponentContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of configure and unconfigure. */
final class RunOptions {

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Mixin final ProfileOptions profile = new ProfileOptions();
  @Mixin final HostOptions host = new HostOptions();
  @Mixin final ModelOptions model = new ModelOptions();
  @Mixin final LockOptions lock = new LockOptions();
  @Mixin final DispatchOptions dispatch = new DispatchOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  @Option(
      names = "--guest",
      order = 20,
      paramLabel = "NAME",
      description = "Work on this guest only; may be given several times. Never withdraws others.")
  List<String> guests = new ArrayList<>();

  @Option(
      names = "--noaction",
      order = 21,
      description = "Print what would be done and change nothing.")
  boolean noAction;

  @Option(
      names = "--stop-domains",
      order = 22,
      description = "Shut down the domains of guests that are withdrawn; otherwise they run on.")
  boolean stopDomains;

  // ncm-ncd names the component: ncm-ncd --configure xen.
  @Parameters(arity = "0..1", hidden = true)
  void component(String name) {
    if (!name.equals("xen")) {
      throw new ParameterException(
          command.commandLine(),
          command.name() + " takes no argument but the component's name, xen; not '" + name + "'");
    }
  }

  void addTo(ComponentContext.Builder context) {
    host.addTo(context);
    model.addTo(context);
    context.option("guest", guests);
    if (stopDomains) {
      context.option("stop-domains", ImmutableList.of("true"));
    }
  }
}
