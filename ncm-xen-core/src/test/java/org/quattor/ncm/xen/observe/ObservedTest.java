package org.quattor.ncm.xen.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.HostFailure;

/** Unknown is an answer of its own. */
class ObservedTest {

  private static final Observed<String> UNKNOWN =
      Observed.of(
          () -> {
            throw new HostFailure("xl list failed");
          });

  @Test
  void whatFollowsFromSomethingUnknownIsUnknown() {
    assertThat(UNKNOWN.map(String::length)).isEqualTo(new Observed.Unknown<>("xl list failed"));
    assertThat(Observed.of(() -> "web").map(String::length)).isEqualTo(new Observed.Known<>(3));
  }

  @Test
  void whoAsksSaysWhatUnknownMeans() {
    assertThat(UNKNOWN.<String>fold(name -> "known", why -> why)).isEqualTo("xl list failed");
  }

  /** An Optional could be taken for empty in passing: {@code known().orElse(empty)}. */
  @Test
  void noMethodGivesAnAnswerWithoutADecision() {
    for (Method method : Observed.class.getDeclaredMethods()) {
      assertThat(method.getReturnType()).as(method.getName()).isNotEqualTo(Optional.class);
      assertThat(method.getName()).doesNotStartWith("orElse");
    }
  }
}
