package org.quattor.ncm.xen.cli;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does the same with many things, several at a time, and hands on what becomes of them in their
 * order. Only a few results are held at once.
 */
final class ParallelWork {

  private static final int AHEAD = 8;

  private ParallelWork() {}

  /**
   * Runs it to its end; what the work throws is thrown here, and no thread is left.
   *
   * @param threads how many at a time
   * @param work is called by several threads
   * @param taker is called by this thread, in the order of the things
   */
  static <T, R> void run(List<T> things, int threads, Function<T, R> work, Consumer<R> taker) {
    if (things.size() == 1) {
      taker.accept(work.apply(things.get(0)));
      return;
    }
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      ArrayDeque<Future<R>> open = new ArrayDeque<>();
      for (T thing : things) {
        if (open.size() == threads * AHEAD) {
          taker.accept(result(open.removeFirst()));
        }
        open.addLast(workers.submit(() -> work.apply(thing)));
      }
      while (!open.isEmpty()) {
        taker.accept(result(open.removeFirst()));
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static <R> R result(Future<R> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
