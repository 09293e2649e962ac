package org.quattor.ncm.xen.cli;

import java.util.concurrent.Callable;
import org.quattor.ncm.component.Intent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ncm-xen configure}. */
@Command(
    name = "configure",
    description = {
      "Make the host match its profile.",
      "",
      "Reads /software/components/xen of the profile and looks at the host, prints what is to be"
          + " done, and does it: volumes and images that are missing, guest files, autostart links,"
          + " and the start of guests. What ncm-xen made and the profile no longer names is"
          + " withdrawn; volumes and images are never removed. A step that fails holds back the"
          + " steps of its guest and no others."
    },
    footer = {
      "",
      "Examples:",
      "  ncm-xen configure --profile /var/lib/profiles/host.json",
      "  ncm-xen configure --profile host.json --noaction",
      "  ncm-xen configure --profile host.json --host simulated:build/host",
      "  ncm-xen configure --profile host.json --guest vm1 --guest vm2"
    })
final class ConfigureCommand implements Callable<Integer> {

  @Mixin private final RunOptions options = new RunOptions();

  private final Session session;

  ConfigureCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.run(
        options.output,
        true,
        console -> new ComponentRun(session, options, Intent.CONFIGURE, console).execute());
  }
}
