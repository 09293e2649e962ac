package org.quattor.ncm.xen.host.simulated;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;

/**
 * Makes a host fail, or its user die, at a chosen operation, and counts operations.
 *
 * <p>An operation is a method that may throw {@link HostFailure}; one that returns nothing changes
 * the host. So an operation that is added to the interfaces is covered by itself.
 */
public final class FailingHost {

  private final XenHost host;
  private int operations;
  private int changes;
  private int failAt;
  private int dieBefore;
  private int dieAfter;
  private @Nullable Error death;

  /** Wraps a host; as long as nothing is asked for, it only counts. */
  public FailingHost(XenHost host) {
    this.host = wrap(XenHost.class, host);
  }

  /** Lets the n-th operation from now on, counted from 1, throw a {@link HostFailure}. */
  public void failAt(int operation) {
    failAt = operations + operation;
  }

  /** Lets the n-th change from now on throw the error without being made. */
  public void dieBefore(int change, Error error) {
    dieBefore = changes + change;
    death = error;
  }

  /** Lets the n-th change from now on be made, and then throw the error. */
  public void dieAfter(int change, Error error) {
    dieAfter = changes + change;
    death = error;
  }

  /** Returns the host to work on. */
  public XenHost host() {
    return host;
  }

  /** Returns how many operations were asked for. */
  public int operations() {
    return operations;
  }

  /** Returns how many of them change the host. */
  public int changes() {
    return changes;
  }

  private <T> T wrap(Class<T> role, T target) {
    InvocationHandler handler = (proxy, method, arguments) -> invoke(target, method, arguments);
    return role.cast(Proxy.newProxyInstance(role.getClassLoader(), new Class<?>[] {role}, handler));
  }

  private @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (!Arrays.asList(method.getExceptionTypes()).contains(HostFailure.class)) {
      Object result = call(target, method, arguments);
      Class<?> type = method.getReturnType();
      return result != null && type.getPackage() == XenHost.class.getPackage() && type.isInterface()
          ? wrapAs(type, result)
          : result;
    }
    operations++;
    boolean change = method.getReturnType() == void.class;
    if (change) {
      changes++;
    }
    if (operations == failAt) {
      throw new HostFailure("failed as asked: " + method.getName());
    }
    if (change && changes == dieBefore && death != null) {
      throw death;
    }
    Object result = call(target, method, arguments);
    if (change && changes == dieAfter && death != null) {
      throw death;
    }
    return result;
  }

  private <T> T wrapAs(Class<T> role, Object target) {
    return wrap(role, role.cast(target));
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
