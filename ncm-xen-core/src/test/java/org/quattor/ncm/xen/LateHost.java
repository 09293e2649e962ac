package org.quattor.ncm.xen;

import java.util.concurrent.atomic.AtomicInteger;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;

/** A host on which something happens right after an operation was asked for the first time. */
public final class LateHost {

  /** Something that happens. */
  public interface Event {
    /** Lets it happen. */
    void happen() throws HostFailure;
  }

  private LateHost() {}

  /**
   * Wraps a host.
   *
   * @param calls counts the calls of the method
   */
  public static XenHost after(String method, AtomicInteger calls, XenHost host, Event event) {
    return HostProxy.of(
        host,
        (asked, arguments, operation) -> {
          Object result = operation.run();
          if (asked.getName().equals(method) && calls.incrementAndGet() == 1) {
            event.happen();
          }
          return result;
        });
  }
}
