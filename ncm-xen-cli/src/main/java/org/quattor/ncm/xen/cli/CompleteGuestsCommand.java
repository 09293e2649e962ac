package org.quattor.ncm.xen.cli;

import java.util.concurrent.Callable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.xen.host.Toolstack;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code ncm-xen complete-guests}: the names that a completion script offers, one a line.
 *
 * <p>Reads the profile and nothing else. Nobody who presses a key wants to hear of a mistake in it:
 * without names the command says nothing.
 */
final class CompleteGuestsCommand implements Callable<Integer> {

  private static final String DOMAINS = "/software/components/xen/domains";

  private final ProfileOptions profile = new ProfileOptions();

  private final Session session;

  CompleteGuestsCommand(Session session) {
    this.session = session;
  }

  /** Returns the command as picocli is to know it. */
  CommandSpec spec() {
    CommandSpec spec = Declare.command("complete-guests", this);
    profile.addTo(spec);
    spec.usageMessage().description("Print the guests of a profile.").hidden(true);
    return spec;
  }

  @Override
  public Integer call() {
    try {
      profile.read(session.services(), session.in(), Toolstack.XL).find(DOMAINS).stream()
          .flatMap(domains -> domains.children().stream())
          .map(Element::name)
          // A shell reads the line: no name that it could take for more than a name.
          .filter(name -> name.matches("[A-Za-z0-9][A-Za-z0-9._+-]*"))
          .forEach(name -> session.out().print(name + "\n"));
      session.out().flush();
    } catch (RuntimeException e) {
      return Exit.NO_INPUT.code();
    }
    return Exit.DONE.code();
  }
}
