package org.quattor.ncm.xen;

import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;

/** A host that tells a test of each operation on its domains, before it is executed. */
final class InterceptedHost {

  /** Hears of an operation. */
  interface Ear {
    /**
     * Hears of one.
     *
     * @param operation the name of the method
     * @param arguments none when there are none
     * @throws HostFailure to let the operation fail
     */
    void hear(String operation, Object[] arguments) throws HostFailure;
  }

  private InterceptedHost() {}

  static XenHost of(XenHost host, Ear ear) {
    return HostProxy.of(
        host,
        (method, arguments, operation) -> {
          if (method.getDeclaringClass() == HostDomains.class) {
            ear.hear(method.getName(), arguments);
          }
          return operation.run();
        });
  }
}
