package org.quattor.ncm.xen;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.XenHost;

/** A host whose operations, whatever role they belong to, go through one function. */
final class HostProxy {

  /** The function. */
  interface Around {
    /**
     * Answers in place of an operation.
     *
     * @param arguments none when there are none
     * @param operation executes it
     */
    @Nullable Object answer(Method method, Object[] arguments, Operation operation)
        throws Throwable;
  }

  /** An operation that has been asked for. */
  interface Operation {
    @Nullable Object run() throws Throwable;
  }

  private final Around around;

  private HostProxy(Around around) {
    this.around = around;
  }

  static XenHost of(XenHost host, Around around) {
    return new HostProxy(around).wrap(XenHost.class, host);
  }

  private <T> T wrap(Class<T> role, Object target) {
    return role.cast(
        Proxy.newProxyInstance(
            role.getClassLoader(),
            new Class<?>[] {role},
            (proxy, method, arguments) -> invoke(target, method, arguments)));
  }

  private @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Operation operation =
        () -> {
          try {
            return method.invoke(target, arguments);
          } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw cause == null ? e : cause;
          }
        };
    return HostOperation.isRole(method.getReturnType())
        ? wrap(method.getReturnType(), operation.run())
        : around.answer(method, arguments == null ? new Object[0] : arguments, operation);
  }
}
