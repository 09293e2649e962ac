package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Hands the body of an answer to a file, piece by piece, as long as the file takes it. */
final class BodyToFile implements BodySubscriber<@Nullable Void> {

  private final @Nullable IncomingFile file;
  private final long totalBytes;
  private final CompletableFuture<@Nullable Void> whole = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  private BodyToFile(@Nullable IncomingFile file, long totalBytes) {
    this.file = file;
    this.totalBytes = totalBytes;
  }

  BodyToFile(IncomingFile file, HttpResponse.ResponseInfo head) {
    this(file, Math.max(0, head.headers().firstValueAsLong("Content-Length").orElse(0)));
  }

  /** Returns one for a body that nobody reads: the answer is complete without it. */
  static BodyToFile ignored() {
    return new BodyToFile(null, 0);
  }

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    IncomingFile taker = file;
    if (taker == null) {
      given.cancel();
      whole.complete(null);
    } else if (taker.expect(totalBytes)) {
      given.request(1);
    } else {
      refuse(given);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    IncomingFile taker = file;
    Flow.Subscription given = subscription;
    if (taker == null || given == null) {
      return;
    }
    for (ByteBuffer piece : pieces) {
      if (!taker.add(piece)) {
        refuse(given);
        return;
      }
    }
    given.request(1);
  }

  private void refuse(Flow.Subscription given) {
    given.cancel();
    whole.completeExceptionally(new IOException("the file takes no more"));
  }

  @Override
  public void onError(Throwable cause) {
    whole.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    whole.complete(null);
  }
}
