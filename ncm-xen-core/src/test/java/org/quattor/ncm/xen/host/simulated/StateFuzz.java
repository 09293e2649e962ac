package org.quattor.ncm.xen.host.simulated;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * Any text as the state of a simulated host is read or refused, and what was read is the same after
 * it was written.
 */
public final class StateFuzz {

  private StateFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    SimulatedHostSpec state;
    try {
      state = StateReader.read("fuzz", new String(input, StandardCharsets.UTF_8));
    } catch (HostFailure e) {
      return;
    }
    try {
      SimulatedHostSpec again = StateReader.read("written", StateWriter.write(state));
      if (!again.equals(state)) {
        throw new AssertionError("read again it is another state: " + again);
      }
    } catch (HostFailure e) {
      throw new AssertionError("what was written cannot be read", e);
    }
  }
}
