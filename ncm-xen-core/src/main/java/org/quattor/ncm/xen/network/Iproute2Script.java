package org.quattor.ncm.xen.network;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.quattor.ncm.xen.model.Bridge;
import org.quattor.ncm.xen.text.ShellQuoting;

/** The script that makes bridges with {@code ip}, and the unit that calls it at boot. */
public final class Iproute2Script {

  private static final String PLACE = "    :  # bridges\n";

  private Iproute2Script() {}

  /** Returns the script for the bridges; it can remove others of ours too. */
  public static String text(Collection<Bridge> bridges) {
    StringBuilder calls = new StringBuilder();
    for (Bridge bridge : bridges) {
      String vlan = bridge.vlan() == null ? "" : bridge.vlan().toString();
      calls
          .append("    one ")
          .append(ShellQuoting.quoted(bridge.name()))
          .append(' ')
          .append(ShellQuoting.quoted(bridge.netdev()))
          .append(' ')
          .append(ShellQuoting.quoted(vlan))
          .append('\n');
    }
    String frame = resource("ncm-xen-network");
    return calls.isEmpty() ? frame : frame.replace(PLACE, calls);
  }

  /** Returns the unit. */
  public static String unit() {
    return resource("ncm-xen-network.service");
  }

  static String resource(String name) {
    try {
      return Resources.toString(
          Resources.getResource(Iproute2Script.class, name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
