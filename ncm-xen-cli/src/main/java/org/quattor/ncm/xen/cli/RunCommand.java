package org.quattor.ncm.xen.cli;

import java.util.concurrent.Callable;
import org.quattor.ncm.component.Intent;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ncm-xen configure} and {@code ncm-xen unconfigure}. */
final class RunCommand implements Callable<Integer> {

  private final RunOptions options = new RunOptions();

  private final Session session;
  private final Intent intent;

  private RunCommand(Session session, Intent intent) {
    this.session = session;
    this.intent = intent;
  }

  /** Returns {@code configure}. */
  static CommandSpec configure(Session session) {
    CommandSpec spec = new RunCommand(session, Intent.CONFIGURE).spec("configure");
    spec.usageMessage()
        .description(
            "Make the host match its profile.",
            "",
            "Reads /software/components/xen of the profile and looks at the host, prints what is to"
                + " be done, and does it: volumes and images that are missing, guest files,"
                + " autostart links, and the start of guests. What ncm-xen made and the profile no"
                + " longer names is withdrawn; volumes and images are never removed. A step that"
                + " fails holds back the steps of its guest and no others.")
        .footer(
            "",
            "Examples:",
            "  ncm-xen configure --profile /var/lib/profiles/host.json",
            "  ncm-xen configure --profile host.json --noaction",
            "  ncm-xen configure --profile host.json --host simulated:build/host",
            "  ncm-xen configure --profile host.json --guest vm1 --guest vm2");
    return spec;
  }

  /** Returns {@code unconfigure}. */
  static CommandSpec unconfigure(Session session) {
    CommandSpec spec = new RunCommand(session, Intent.UNCONFIGURE).spec("unconfigure");
    spec.usageMessage()
        .description(
            "Withdraw what ncm-xen made.",
            "",
            "Removes the guest files and autostart links that carry the mark of ncm-xen. Running"
                + " guests go on unless --stop-domains is given; volumes and images stay, and"
                + " configure puts everything back as it was.")
        .footer(
            "",
            "Examples:",
            "  ncm-xen unconfigure --profile /var/lib/profiles/host.json --noaction",
            "  ncm-xen unconfigure --profile /var/lib/profiles/host.json --stop-domains");
    return spec;
  }

  private CommandSpec spec(String name) {
    CommandSpec spec = Declare.command(name, this);
    options.addTo(spec);
    return spec;
  }

  @Override
  public Integer call() {
    return session.run(
        options.output,
        true,
        console -> new ComponentRun(session, options, intent, console).execute());
  }
}
