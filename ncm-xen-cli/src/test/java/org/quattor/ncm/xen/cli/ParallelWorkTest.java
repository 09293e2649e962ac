package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelWorkTest {

  @Test
  void resultsComeInOrderAlthoughTheyAreMadeTogether() {
    CountDownLatch both = new CountDownLatch(2);
    List<Integer> taken = new ArrayList<>();
    List<Integer> things = IntStream.range(0, 1000).boxed().toList();
    ParallelWork.run(
        things,
        2,
        thing -> {
          // Neither of the first two ends before the other has begun.
          both.countDown();
          try {
            both.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return thing;
        },
        taken::add);
    assertThat(taken).isEqualTo(things);
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    assertThatThrownBy(
            () ->
                ParallelWork.run(
                    List.of(1, 2, 3),
                    2,
                    thing -> {
                      throw new Failure(Exit.USAGE, "no " + thing);
                    },
                    result -> {}))
        .isInstanceOf(Failure.class)
        .hasMessage("no 1");
  }
}
