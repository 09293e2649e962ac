package org.quattor.ncm.xen;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
    return wrap(
        XenHost.class,
        (proxy, method, arguments) -> {
          Object result = call(() -> method.invoke(host, arguments));
          return result instanceof HostDomains domains ? of(domains, ear) : result;
        });
  }

  private static HostDomains of(HostDomains domains, Ear ear) {
    return wrap(
        HostDomains.class,
        (proxy, method, arguments) -> {
          ear.hear(method.getName(), arguments == null ? new Object[0] : arguments);
          return call(() -> method.invoke(domains, arguments));
        });
  }

  private interface Call {
    Object run() throws ReflectiveOperationException;
  }

  private static Object call(Call call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T wrap(Class<T> role, InvocationHandler handler) {
    return role.cast(Proxy.newProxyInstance(role.getClassLoader(), new Class<?>[] {role}, handler));
  }
}
