package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFetches.Watch;
import org.quattor.ncm.xen.host.RemoteFile;
import org.quattor.ncm.xen.host.local.IoCause;

/**
 * One file from a web server. Redirects are followed a few times, and never from https to http;
 * user and password go to the server that they are declared for and to no other. Proxies and
 * trusted certificates are what Java's documented system properties say.
 */
final class WebTransfer {

  private static final int MAX_REDIRECTS = 5;
  private static final int OK = 200;

  /** How often the watch is asked, and the clock. */
  private static final Duration SLICE = Duration.ofMillis(200);

  private final Timing timing;
  private final Duration timeout;
  private final Duration end;
  private final IncomingFile file;
  private final Watch watch;

  /**
   * Makes one; its time begins now.
   *
   * @param timeout for all of it
   * @param file takes what comes
   */
  WebTransfer(Timing timing, Duration timeout, IncomingFile file, Watch watch) {
    this.timing = timing;
    this.timeout = timeout;
    this.end = timing.now().plus(timeout);
    this.file = file;
    this.watch = watch;
  }

  /** Transfers the file; the message of a failure is a clause without the URL. */
  void run(RemoteFile source) throws HostFailure {
    ExecutorService threads = Executors.newCachedThreadPool(WebTransfer::thread);
    try {
      // Java 17 cannot close a client; its one thread, a daemon, ends when nobody refers to it.
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(timeout)
              .executor(threads)
              .build();
      follow(client, source);
    } catch (IllegalArgumentException e) {
      throw new HostFailure("the URL cannot be used", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "ncm-xen fetch");
    thread.setDaemon(true);
    return thread;
  }

  private void follow(HttpClient client, RemoteFile source) throws HostFailure {
    URI first = URI.create(source.address());
    URI at = first;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(at).header("User-Agent", "ncm-xen");
      if (!source.userInfo().isEmpty() && origin(at).equals(origin(first))) {
        request.header("Authorization", basic(source.userInfo()));
      }
      HttpResponse<Void> answer = await(client, request.build());
      switch (answer.statusCode()) {
        case OK -> {
          return;
        }
        case 301, 302, 303, 307, 308 ->
            at = next(at, answer.headers().firstValue("Location").orElse(""));
        default -> throw new HostFailure("the server answered " + words(answer.statusCode()));
      }
    }
    throw new HostFailure("the server redirects more than " + MAX_REDIRECTS + " times");
  }

  private static String words(int status) {
    return switch (status) {
      case 401 -> "401 (it requires a user name and a password, or different ones)";
      case 403 -> "403 (forbidden)";
      case 404 -> "404 (not found)";
      case 407 -> "407 (the proxy requires a user name and a password)";
      default -> Integer.toString(status);
    };
  }

  /** {@code +} is itself in this part of a URL. */
  private static String basic(String userInfo) {
    String plain =
        URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8)
            + (userInfo.contains(":") ? "" : ":");
    return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns where a redirect leads; fails where it is not followed. */
  static URI next(URI at, String location) throws HostFailure {
    URI next;
    try {
      next = at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new HostFailure("the server redirects to something that is not a URL", e);
    }
    String scheme = scheme(next);
    if (location.isEmpty()
        || next.getHost() == null
        || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new HostFailure("the server redirects to something that is not an http or https URL");
    }
    if (scheme(at).equals("https") && scheme.equals("http")) {
      throw new HostFailure(
          "the server redirects from https to http, on "
              + next.getHost()
              + ", which is not followed");
    }
    return next;
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static String origin(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? 443 : 80;
    return scheme(uri)
        + "://"
        + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT)
        + ":"
        + port;
  }

  private HttpResponse<Void> await(HttpClient client, HttpRequest request) throws HostFailure {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request,
            head -> head.statusCode() == OK ? new BodyToFile(file, head) : BodyToFile.ignored());
    try {
      while (true) {
        try {
          HttpResponse<Void> whole = answer.get(SLICE.toMillis(), TimeUnit.MILLISECONDS);
          watch.goesOn(file.doneBytes(), file.totalBytes());
          return whole;
        } catch (TimeoutException e) {
          check();
        }
      }
    } catch (ExecutionException e) {
      HostFailure own = file.failure();
      throw own == null ? failure(request.uri(), e) : own;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFailure("this run was interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private void check() throws HostFailure {
    if (!watch.goesOn(file.doneBytes(), file.totalBytes())) {
      throw new HostFailure("the run was ended before it was complete");
    }
    if (timing.now().compareTo(end) > 0) {
      throw tooLong(String.format("only %d bytes were there", file.doneBytes()));
    }
  }

  private HostFailure tooLong(String found) {
    String allowed =
        timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    return new HostFailure(found + " after " + allowed + " (--command-timeout)");
  }

  private HostFailure failure(URI uri, ExecutionException wrapped) {
    for (Throwable cause = wrapped; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return new HostFailure("unknown host " + uri.getHost(), wrapped);
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return tooLong("could not connect to " + uri.getHost());
      }
      if (cause instanceof SSLException) {
        return new HostFailure("TLS failed: " + cause.getMessage(), wrapped);
      }
    }
    Throwable cause = wrapped.getCause();
    if (cause instanceof ConnectException) {
      return new HostFailure("cannot connect to " + uri.getHost(), wrapped);
    }
    return new HostFailure(
        cause instanceof IOException io ? IoCause.clause(io) : String.valueOf(cause), wrapped);
  }
}
