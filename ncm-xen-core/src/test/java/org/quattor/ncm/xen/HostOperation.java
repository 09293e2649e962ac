package org.quattor.ncm.xen;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.HostStorage;
import org.quattor.ncm.xen.host.XenHost;

/**
 * An operation of a host: a method of its interfaces that may fail. One that returns nothing
 * changes the host.
 *
 * @param method the method
 */
record HostOperation(Method method) {

  /** Those that ask the kernel; all others, and new ones, are taken to run a program. */
  private static final Set<Class<?>> WITHOUT_PROGRAMS =
      Set.of(XenHost.class, HostFiles.class, HostStorage.class);

  private static final Set<Class<?>> ON_FILE_SYSTEMS = Set.of(HostFiles.class, HostStorage.class);

  /** Returns all, of all roles. */
  static List<HostOperation> all() {
    Stream<Class<?>> roles =
        Arrays.stream(XenHost.class.getMethods())
            .<Class<?>>map(Method::getReturnType)
            .filter(HostOperation::isRole);
    return Stream.concat(Stream.of(XenHost.class), roles)
        .flatMap(role -> Arrays.stream(role.getMethods()))
        .filter(HostOperation::mayFail)
        .map(HostOperation::new)
        .sorted(Comparator.comparing(HostOperation::toString))
        .toList();
  }

  /** Returns whether the type holds operations. */
  static boolean isRole(Class<?> type) {
    return type.isInterface() && type.getPackage() == XenHost.class.getPackage();
  }

  /** Returns whether the method is an operation. */
  static boolean mayFail(Method method) {
    return Arrays.asList(method.getExceptionTypes()).contains(HostFailure.class);
  }

  Class<?> role() {
    return method.getDeclaringClass();
  }

  boolean changes() {
    return method.getReturnType() == void.class;
  }

  boolean runsAProgram() {
    return !WITHOUT_PROGRAMS.contains(role()) && !toString().equals("HostNetwork.devices");
  }

  boolean needsRoom() {
    return writesToAFileSystem() && !method.getName().equals("remove");
  }

  boolean writesToAFileSystem() {
    return changes() && ON_FILE_SYSTEMS.contains(role());
  }

  @Override
  public String toString() {
    return role().getSimpleName() + "." + method.getName();
  }
}
