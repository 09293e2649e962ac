package org.quattor.ncm.xen;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
  private final Map<String, Integer> asked = new TreeMap<>();
  private boolean happened;

  /** Wraps a host; without a fault it counts only. */
  FaultyHost(XenHost host, @Nullable Fault fault, @Nullable HostOperation at, int nth) {
    this.host = wrap(XenHost.class, host);
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

  private <T> T wrap(Class<T> role, Object target) {
    InvocationHandler handler = (proxy, method, arguments) -> invoke(target, method, arguments);
    return role.cast(Proxy.newProxyInstance(role.getClassLoader(), new Class<?>[] {role}, handler));
  }

  private @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (!HostOperation.mayFail(method)) {
      Object result = call(target, method, arguments);
      return HostOperation.isRole(method.getReturnType())
          ? wrap(method.getReturnType(), result)
          : result;
    }
    HostOperation operation = new HostOperation(method);
    int count = asked.merge(operation.toString(), 1, Integer::sum);
    if (fault != null && at != null) {
      boolean first = !happened && operation.equals(at) && count == nth;
      if (first || (happened && fault.spreadsTo(operation, at))) {
        happened = true;
        return fault.happen(operation, () -> call(target, method, arguments));
      }
    }
    return call(target, method, arguments);
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }
}
