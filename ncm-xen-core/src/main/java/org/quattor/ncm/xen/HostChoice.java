package org.quattor.ncm.xen;

import java.util.Optional;
import java.util.function.Supplier;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.linux.LinuxHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.model.XenConfiguration;
import org.quattor.ncm.xen.text.Mask;

/** Decides which host to work on: the runner's, a simulated one, or the one that we run on. */
final class HostChoice {

  private HostChoice() {}

  /** Opens the host; a new simulated one gets what the configuration needs. */
  static XenHost open(
      ComponentContext context, XenOptions options, XenConfiguration configuration, Mask mask) {
    return open(context, options, () -> SimulatedHostSpec.fitting(configuration), mask);
  }

  /** Opens the host; a new simulated one is made by the specification. */
  static XenHost open(
      ComponentContext context, XenOptions options, Supplier<SimulatedHostSpec> spec, Mask mask) {
    Optional<XenHost> offered = context.operations(XenHost.class);
    if (offered.isPresent()) {
      return offered.get();
    }
    if (options.simulatedHost().isEmpty()) {
      return new LinuxHost(options.commandTimeout(), context.listener()::command, mask::masked);
    }
    try {
      return SimulatedHost.open(
          options.simulatedHost().get(), spec.get(), SimulatedToolstack::read);
    } catch (HostFailure e) {
      throw new Refusal(Refusal.Kind.UNREADABLE_HOST, String.valueOf(e.getMessage()), e);
    }
  }
}
