package org.quattor.ncm.xen;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.XenHost;

/** A host that notes how long its domains are given to shut down. */
final class ShutdownTimes {

  private ShutdownTimes() {}

  static XenHost of(XenHost host, List<Duration> timeouts) {
    return wrap(
        XenHost.class,
        (proxy, method, arguments) -> {
          Object result = call(() -> method.invoke(host, arguments));
          return result instanceof HostDomains domains ? of(domains, timeouts) : result;
        });
  }

  private static HostDomains of(HostDomains domains, List<Duration> timeouts) {
    return wrap(
        HostDomains.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("shutdown")) {
            timeouts.add((Duration) arguments[1]);
          }
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
