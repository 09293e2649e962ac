package org.quattor.ncm.xen.cli;

import org.quattor.ncm.component.Intent;

/** {@code ncm-xen configure} and {@code ncm-xen unconfigure}. */
final class RunCommand extends Command {

  private final RunOptions options = new RunOptions(this);

  private final Intent intent;

  private RunCommand(String name, Session session, Intent intent) {
    super(name, session);
    this.intent = intent;
  }

  /** Returns {@code configure}. */
  static RunCommand configure(Session session) {
    RunCommand command = new RunCommand("configure", session, Intent.CONFIGURE);
    command.describe(
        "Make the host match its profile.",
        "",
        "Reads /software/components/xen of the profile and the state of the host, prints the actions,"
            + " and executes them: creates missing volumes and images, writes guest files and autostart"
            + " links, starts guests. What was created by ncm-xen and is no longer in the profile is"
            + " withdrawn; volumes and images are never removed. An action that fails holds back the"
            + " other actions of its guest only.");
    command.examples(
        "ncm-xen configure --profile /var/lib/profiles/host.json",
        "ncm-xen configure --profile host.json --noaction",
        "ncm-xen configure --profile host.json --host simulated:build/host",
        "ncm-xen configure --profile host.json --guest vm1 --guest vm2");
    return command;
  }

  /** Returns {@code unconfigure}. */
  static RunCommand unconfigure(Session session) {
    RunCommand command = new RunCommand("unconfigure", session, Intent.UNCONFIGURE);
    command.describe(
        "Withdraw what was created by ncm-xen.",
        "",
        "Removes the guest files and autostart links that carry the mark of ncm-xen. Running guests go"
            + " on running without --stop-domains. Volumes and images stay; configure writes the files"
            + " and links again.");
    command.examples(
        "ncm-xen unconfigure --profile /var/lib/profiles/host.json --noaction",
        "ncm-xen unconfigure --profile /var/lib/profiles/host.json --stop-domains");
    return command;
  }

  @Override
  public Integer call() {
    return session.run(
        options.output,
        true,
        console -> new ComponentRun(session, options, intent, console).execute());
  }
}
