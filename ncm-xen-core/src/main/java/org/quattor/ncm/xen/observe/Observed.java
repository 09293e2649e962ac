package org.quattor.ncm.xen.observe;

import java.util.Map;
import java.util.function.Function;
import org.quattor.ncm.xen.host.HostFailure;

/**
 * What was read of a host, or why it could not be: a host that could not be read never looks like
 * an empty one. So there is no method that takes or makes up a default.
 */
public sealed interface Observed<T> {

  /**
   * It was read.
   *
   * @param value what is there
   */
  record Known<T>(T value) implements Observed<T> {}

  /**
   * It could not be read.
   *
   * @param reason why, as a sentence
   */
  record Unknown<T>(String reason) implements Observed<T> {}

  /** An operation that reads. */
  interface Source<T> {
    /** Reads. */
    T read() throws HostFailure;
  }

  /** Reads; a failure becomes {@link Unknown}. */
  static <T> Observed<T> of(Source<T> source) {
    try {
      return new Known<>(source.read());
    } catch (HostFailure e) {
      return new Unknown<>(String.valueOf(e.getMessage()));
    }
  }

  /** Returns what was read of a path; unknown where it was not looked at. */
  static <T> Observed<T> at(Map<String, Observed<T>> readings, String path) {
    Observed<T> reading = readings.get(path);
    return reading == null ? new Unknown<>(path + " was not looked at") : reading;
  }

  /** Returns the answer to a question about the value; who asks says what unknown means for it. */
  default <R> R fold(Function<T, R> known, Function<String, R> unknown) {
    return this instanceof Unknown<T> none
        ? unknown.apply(none.reason())
        : known.apply(((Known<T>) this).value());
  }

  /** Returns what follows from the value; unknown stays unknown. */
  default <R> Observed<R> map(Function<T, R> consequence) {
    return fold(value -> new Known<>(consequence.apply(value)), Unknown::new);
  }

  /** Returns why it is not known; empty when it is. */
  default String whyUnknown() {
    return this instanceof Unknown<T> unknown ? unknown.reason() : "";
  }
}
