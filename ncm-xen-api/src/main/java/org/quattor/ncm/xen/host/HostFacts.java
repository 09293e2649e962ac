package org.quattor.ncm.xen.host;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a host is, read without an external command.
 *
 * @param toolstacks the toolstacks that are installed
 * @param xendRunning whether the daemon of {@code xm} runs
 * @param dom0 whether the system is booted on Xen as dom0 ({@code /proc/xen/capabilities})
 * @param xenVersion the hypervisor's version ({@code /sys/hypervisor/version}); null when not
 *     booted on Xen or not shown
 * @param hostName the host's own name, as far as it is known
 */
public record HostFacts(
    Set<Toolstack> toolstacks,
    boolean xendRunning,
    boolean dom0,
    @Nullable XenVersion xenVersion,
    String hostName) {

  /** Copies the set; sorted, so that equal facts print alike. */
  public HostFacts {
    toolstacks = Collections.unmodifiableSet(new TreeSet<>(toolstacks));
  }
}
