package org.quattor.ncm.xen.host.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A web server on the loopback, which answers as a test says, and 404 to all else. */
final class WebServer implements AutoCloseable {

  private static final String PASSWORD = "changeit";

  private final String scheme;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  WebServer() {
    this("http", WebServer::plain);
  }

  /** Returns one with TLS and a certificate that it signed itself, which is made in the folder. */
  static WebServer withCertificateOfItsOwn(Path folder) throws Exception {
    Path store = folder.resolve("server.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    assumeTrue(Files.isExecutable(keytool), "no keytool in this Java");
    String options = " -genkeypair -keyalg EC -dname CN=127.0.0.1 -storetype PKCS12 -storepass ";
    Process made =
        new ProcessBuilder((keytool + options + PASSWORD + " -keystore " + store).split(" "))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return new WebServer(
        "https",
        address -> {
          HttpsServer server = HttpsServer.create(address, 0);
          server.setHttpsConfigurator(new HttpsConfigurator(context));
          return server;
        });
  }

  private interface Maker {
    HttpServer make(InetSocketAddress address) throws IOException;
  }

  private static HttpServer plain(InetSocketAddress address) throws IOException {
    return HttpServer.create(address, 0);
  }

  private WebServer(String scheme, Maker maker) {
    this.scheme = scheme;
    try {
      server = maker.make(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
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
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
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
