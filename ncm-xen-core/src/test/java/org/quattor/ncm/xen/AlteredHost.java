package org.quattor.ncm.xen;

import java.util.concurrent.Callable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;

/** A host whose methods of one name answer otherwise. */
final class AlteredHost {

  private AlteredHost() {}

  /**
   * Wraps a host.
   *
   * @param method the name, with that of its interface and a dot before it where others have it too
   */
  static XenHost of(XenHost host, String method, Callable<Object> answer) {
    return HostProxy.of(
        host,
        (asked, arguments, operation) ->
            method.equals(asked.getName())
                    || method.equals(
                        asked.getDeclaringClass().getSimpleName() + "." + asked.getName())
                ? answer.call()
                : operation.run());
  }

  /** Returns an answer that is a failure. */
  static Callable<Object> failing(String message) {
    return () -> {
      throw new HostFailure(message);
    };
  }
}
