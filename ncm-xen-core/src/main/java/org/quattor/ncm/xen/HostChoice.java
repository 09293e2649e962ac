package org.quattor.ncm.xen;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.linux.LinuxHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.model.XenConfiguration;
import org.quattor.ncm.xen.text.Mask;

/** Decides which host to work on: the runner's, a simulated one, or the one that we run on. */
final class HostChoice {

  private static final String SIMULATED = "simulated:";
  private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(2);

  private HostChoice() {}

  /** Opens the host; a simulated one that is new is furnished to fit the configuration. */
  static XenHost open(ComponentContext context, XenConfiguration configuration, Mask mask) {
    return open(context, () -> SimulatedHostSpec.fitting(configuration), mask);
  }

  /** Opens the host; a simulated one that is new is furnished so. */
  static XenHost open(ComponentContext context, Supplier<SimulatedHostSpec> spec, Mask mask) {
    Optional<XenHost> offered = context.operations(XenHost.class);
    if (offered.isPresent()) {
      return offered.get();
    }
    String host = context.option("host").orElse("local");
    if (host.equals("local")) {
      return new LinuxHost(timeout(context), context.listener()::command, mask::masked);
    }
    if (host.startsWith(SIMULATED) && host.length() > SIMULATED.length()) {
      try {
        return SimulatedHost.open(
            Path.of(host.substring(SIMULATED.length())), spec.get(), SimulatedToolstack::read);
      } catch (HostFailure e) {
        throw new UnreadableHostException(String.valueOf(e.getMessage()), e);
      }
    }
    throw new UsageException("there is no host " + host + "; expected local or simulated:DIR");
  }

  private static Duration timeout(ComponentContext context) {
    Optional<String> seconds = context.option("command-timeout");
    if (seconds.isEmpty()) {
      return COMMAND_TIMEOUT;
    }
    try {
      long value = Long.parseLong(seconds.get());
      if (value > 0 && value <= 86_400) {
        return Duration.ofSeconds(value);
      }
    } catch (NumberFormatException e) {
      // said below, like any other bad value
    }
    throw new UsageException(
        "command-timeout is " + seconds.get() + "; expected seconds from 1 to 86400");
  }
}
