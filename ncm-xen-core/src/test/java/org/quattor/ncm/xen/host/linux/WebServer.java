package org.quattor.ncm.xen.host.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on the loopback, which answers as a test says, and 404 to all else. */
final class WebServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  WebServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().toString();
    requests.add(
        asked + " " + exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    try (exchange) {
      HttpHandler answer = answers.get(asked);
      if (answer == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        answer.handle(exchange);
      }
    }
  }

  /** Returns the URL of the server, without a slash at its end. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns what was asked for so far: path, query and the values of Authorization. */
  List<String> requests() {
    return requests;
  }

  /** Answers a path, or path and query, with a text. */
  WebServer serve(String path, String text) {
    byte[] content = text.getBytes(UTF_8);
    return serve(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
        });
  }

  /** Redirects a path. */
  WebServer redirect(String path, String location) {
    return serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Location", location);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  /** Answers a path, or path and query. */
  WebServer serve(String path, HttpHandler answer) {
    answers.put(path, answer);
    return this;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
