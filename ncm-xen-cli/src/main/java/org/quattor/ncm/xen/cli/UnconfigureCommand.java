package org.quattor.ncm.xen.cli;

import java.util.concurrent.Callable;
import org.quattor.ncm.component.Intent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ncm-xen unconfigure}. */
@Command(
    name = "unconfigure",
    description = {
      "Withdraw what ncm-xen made.",
      "",
      "Removes the guest files and autostart links that carry the mark of ncm-xen. Running guests"
          + " go on unless --stop-domains is given; volumes and images stay, and configure puts"
          + " everything back as it was."
    },
    footer = {
      "",
      "Examples:",
      "  ncm-xen unconfigure --profile /var/lib/profiles/host.json --noaction",
      "  ncm-xen unconfigure --profile /var/lib/profiles/host.json --stop-domains"
    })
final class UnconfigureCommand implements Callable<Integer> {

  @Mixin private final RunOptions options = new RunOptions();

  private final Session session;

  UnconfigureCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.run(
        options.output,
        true,
        console -> new ComponentRun(session, options, Intent.UNCONFIGURE, console).execute());
  }
}
