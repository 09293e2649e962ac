package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.quattor.ncm.component.Refusal;

/** What tests ask of an exception that is to be a {@link Refusal}. */
public final class Refused {

  private Refused() {}

  /** Returns a check that it is a refusal of the kind. */
  public static Consumer<Throwable> as(Refusal.Kind kind) {
    return thrown ->
        assertThat(thrown)
            .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
