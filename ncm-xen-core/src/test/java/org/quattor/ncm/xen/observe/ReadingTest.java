package org.quattor.ncm.xen.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.HostFailure;

/** Unknown is an answer of its own. */
class ReadingTest {

  private static final Reading<String> UNKNOWN =
      Reading.of(
          () -> {
            throw new HostFailure("xl list failed");
          });

  @Test
  void whatFollowsFromSomethingUnknownIsUnknown() {
    assertThat(UNKNOWN.map(String::length)).isEqualTo(new Reading.Unknown<>("xl list failed"));
    assertThat(Reading.of(() -> "web").map(String::length)).isEqualTo(new Reading.Known<>(3));
  }

  @Test
  void whoAsksSaysWhatUnknownMeans() {
    assertThat(UNKNOWN.<String>fold(name -> "known", why -> why)).isEqualTo("xl list failed");
  }

  /** An Optional could be taken for empty in passing: {@code known().orElse(empty)}. */
  @Test
  void noMethodGivesAnAnswerWithoutADecision() {
    for (Method method : Reading.class.getDeclaredMethods()) {
      assertThat(method.getReturnType()).as(method.getName()).isNotEqualTo(Optional.class);
      assertThat(method.getName()).doesNotStartWith("orElse");
    }
  }
}
