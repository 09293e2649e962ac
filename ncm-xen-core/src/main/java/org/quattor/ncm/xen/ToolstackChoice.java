package org.quattor.ncm.xen;

import java.util.Optional;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.Toolstack;

/** Decides which toolstack to work with. */
final class ToolstackChoice {

  private ToolstackChoice() {}

  /**
   * Returns the wanted toolstack, or the one that fits the host: where xend runs, it owns the
   * domains; otherwise {@code xl} is the one that is maintained.
   */
  static Toolstack choose(Optional<Toolstack> wanted, HostFacts facts) {
    if (facts.toolstacks().isEmpty()) {
      throw new Refusal(
          Refusal.Kind.NO_TOOLSTACK,
          "this host has no Xen toolstack, neither xl nor xm is installed; nothing was changed"
              + " (install Xen, on Debian the package xen-system-amd64, or work on a simulated"
              + " host with --host simulated:DIR)");
    }
    if (wanted.isPresent() && !facts.toolstacks().contains(wanted.get())) {
      throw new Refusal(
          Refusal.Kind.NO_TOOLSTACK,
          "the toolstack "
              + wanted.get().command()
              + " is asked for, but this host has only "
              + facts.toolstacks().iterator().next().command()
              + ", and nothing was changed");
    }
    if (wanted.isPresent()) {
      return wanted.get();
    }
    if (facts.xendRunning() && facts.toolstacks().contains(Toolstack.XM)) {
      return Toolstack.XM;
    }
    return facts.toolstacks().contains(Toolstack.XL) ? Toolstack.XL : Toolstack.XM;
  }
}
