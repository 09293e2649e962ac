package org.quattor.ncm.xen;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.XenHost;

/** A host at which a fault happens, once an operation is asked for the n-th time. */
final class FaultyHost {

  private final XenHost host;
  private final @Nullable Fault fault;
  private final @Nullable HostOperation at;
  private final int nth;
  private final Intruders intruders;
  private final Map<String, Integer> asked = new TreeMap<>();
  private boolean happened;

  /** Wraps a host; without a fault it counts only. */
  FaultyHost(
      XenHost host,
      @Nullable Fault fault,
      @Nullable HostOperation at,
      int nth,
      Intruders intruders) {
    this.intruders = intruders;
    this.host = HostProxy.of(host, (method, arguments, operation) -> answer(method, operation));
    this.fault = fault;
    this.at = at;
    this.nth = nth;
  }

  /** Returns the host to work on. */
  XenHost host() {
    return host;
  }

  /** Returns how often each operation was asked for. */
  Map<String, Integer> asked() {
    return asked;
  }

  /** Returns whether the fault has happened. */
  boolean happened() {
    return happened;
  }

  private @Nullable Object answer(Method method, HostProxy.Operation asking) throws Throwable {
    if (!HostOperation.mayFail(method)) {
      return asking.run();
    }
    HostOperation operation = new HostOperation(method);
    int count = asked.merge(operation.toString(), 1, Integer::sum);
    if (fault != null && at != null) {
      boolean first = !happened && operation.equals(at) && count == nth;
      if (first || (happened && fault.spreadsTo(operation, at))) {
        happened = true;
        return fault.happen(operation, asking::run, intruders);
      }
    }
    return asking.run();
  }
}
