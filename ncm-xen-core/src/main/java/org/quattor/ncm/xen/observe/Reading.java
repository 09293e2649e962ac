package org.quattor.ncm.xen.observe;

import java.util.Optional;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * What was read of a host, or why it could not be: a host that could not be read never looks like
 * an empty one.
 */
public sealed interface Reading<T> {

  /**
   * It was read.
   *
   * @param value what is there
   */
  record Known<T>(T value) implements Reading<T> {}

  /**
   * It could not be read.
   *
   * @param reason why, as a sentence
   */
  record Unknown<T>(String reason) implements Reading<T> {}

  /** An operation that reads. */
  interface Source<T> {
    /** Reads. */
    T read() throws HostFailure;
  }

  /** Reads; a failure becomes {@link Unknown}. */
  static <T> Reading<T> of(Source<T> source) {
    try {
      return new Known<>(source.read());
    } catch (HostFailure e) {
      return new Unknown<>(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the value when it is known. */
  default Optional<T> known() {
    return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
  }

  /** Returns why it is not known; empty when it is. */
  default String whyUnknown() {
    return this instanceof Unknown<T> unknown ? unknown.reason() : "";
  }
}
