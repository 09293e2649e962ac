package org.quattor.ncm.xen.cli;

import org.quattor.ncm.component.Element;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * {@code ncm-xen complete-guests}: the names that a completion script offers, one a line.
 *
 * <p>Reads only the profile. A user who presses the completion key does not want to see its
 * mistakes: without names the command prints nothing.
 */
final class CompleteGuestsCommand extends Command {

  private final ProfileOptions profile = new ProfileOptions(this);

  CompleteGuestsCommand(Session session) {
    super("complete-guests", session);
    describe("Print the guests of a profile.");
    spec().usageMessage().hidden(true);
  }

  @Override
  public Integer call() {
    try {
      profile.read(session.services(), session.in(), Toolstack.XL).find(XenPaths.DOMAINS).stream()
          .flatMap(domains -> domains.children().stream())
          .map(Element::name)
          // A shell reads the line: no name with a character that means something to it.
          .filter(name -> name.matches("[A-Za-z0-9][A-Za-z0-9._+-]*"))
          .forEach(name -> session.out().print(name + "\n"));
      session.out().flush();
    } catch (RuntimeException e) {
      return Exit.NO_INPUT.code();
    }
    return Exit.DONE.code();
  }
}
