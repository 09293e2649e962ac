package org.quattor.ncm.xen;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.Callable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;

/** A host some of whose methods, chosen by name, answer otherwise. */
final class AlteredHost {

  private final Map<String, Callable<Object>> answers;

  private AlteredHost(Map<String, Callable<Object>> answers) {
    this.answers = answers;
  }

  /** Wraps a host. */
  static XenHost of(XenHost host, String method, Callable<Object> answer) {
    return new AlteredHost(Map.of(method, answer)).wrap(XenHost.class, host);
  }

  /** Returns an answer that is a failure. */
  static Callable<Object> failing(String message) {
    return () -> {
      throw new HostFailure(message);
    };
  }

  private <T> T wrap(Class<T> role, Object target) {
    InvocationHandler handler = (proxy, method, arguments) -> invoke(target, method, arguments);
    return role.cast(Proxy.newProxyInstance(role.getClassLoader(), new Class<?>[] {role}, handler));
  }

  private Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    Callable<Object> answer = answers.get(method.getName());
    if (answer != null) {
      return answer.call();
    }
    try {
      Object result = method.invoke(target, arguments);
      Class<?> type = method.getReturnType();
      return type.isInterface() && type.getPackage() == XenHost.class.getPackage()
          ? wrap(type, result)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
