package org.quattor.ncm.xen.host.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFetches.Watch;
import org.quattor.ncm.xen.host.RemoteFile;
import org.quattor.ncm.xen.host.local.DirectoryFiles;

/** What a web server and a network do to a fetch, beside what the contract says. */
class LinuxFetchesTest {

  private static final String CONTENT = "a kernel\n".repeat(1000);
  private static final Watch GOES_ON = (done, total) -> true;
  private static final long MUCH = 1L << 40;

  @TempDir Path root;
  private final WebServer web = new WebServer();
  private final WebServer other = new WebServer();
  private final CountDownLatch endOfTest = new CountDownLatch(1);

  @BeforeEach
  void serveIt() throws IOException {
    web.serve("/vmlinuz", CONTENT);
    Files.createDirectories(root.resolve("boot"));
  }

  @AfterEach
  void stop() throws IOException {
    endOfTest.countDown();
    web.close();
    other.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("ncm-xen fetch") && !ending(thread))
        .isEmpty();
  }

  /** An idle thread that was told to end needs a moment for it. */
  private static boolean ending(Thread thread) {
    try {
      thread.join(5000);
      return !thread.isAlive();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private LinuxFetches fetches(Duration timeout, AtomicLong freeBytes) {
    return new LinuxFetches(
        new DirectoryFiles(root, ImmutableSet.of(), device -> 0),
        new BoundedLooks(SystemPaths.SYSTEM, runner(), timeout),
        Timing.SYSTEM,
        timeout,
        folder -> freeBytes.get());
  }

  private static CommandRunner runner() {
    return new CommandRunner(SystemPaths.SYSTEM, Duration.ofSeconds(60), line -> {});
  }

  private static RemoteFile file(String url) {
    return new RemoteFile(url, Hashing.sha256().hashString(CONTENT, UTF_8).toString());
  }

  private void fetch(String url) throws HostFailure {
    fetches(Duration.ofSeconds(60), new AtomicLong(MUCH)).fetch(file(url), "/boot/k", GOES_ON);
  }

  private AbstractThrowableAssert<?, ?> fails(String url) throws IOException {
    return fails(url, Duration.ofSeconds(60), new AtomicLong(MUCH), GOES_ON);
  }

  private AbstractThrowableAssert<?, ?> fails(
      String url, Duration timeout, AtomicLong freeBytes, Watch watch) throws IOException {
    AbstractThrowableAssert<?, ?> failure =
        assertThatThrownBy(() -> fetches(timeout, freeBytes).fetch(file(url), "/boot/k", watch))
            .isInstanceOf(HostFailure.class)
            .hasMessageStartingWith("cannot fetch /boot/k from " + file(url).shown() + ": ");
    try (var left = Files.list(root.resolve("boot"))) {
      assertThat(left).isEmpty();
    }
    return failure;
  }

  private static HttpHandler body(long declaredBytes, String... pieces) {
    return exchange -> {
      exchange.sendResponseHeaders(200, declaredBytes);
      OutputStream out = exchange.getResponseBody();
      for (String piece : pieces) {
        out.write(piece.getBytes(UTF_8));
        out.flush();
      }
      throw new IOException("the connection breaks");
    };
  }

  private HttpHandler stallingAfter(String piece) {
    return exchange -> {
      exchange.sendResponseHeaders(200, CONTENT.length());
      exchange.getResponseBody().write(piece.getBytes(UTF_8));
      exchange.getResponseBody().flush();
      await();
    };
  }

  private void await() {
    try {
      endOfTest.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void redirectsAreFollowedAlsoRelativeOnes() throws Exception {
    other.redirect("/start", web.url() + "/a/b/there");
    web.redirect("/a/b/there", "../../vmlinuz");
    fetch(other.url() + "/start");
    assertThat(root.resolve("boot/k")).hasContent(CONTENT);
  }

  @Test
  void aCircleOfRedirectsEnds() throws Exception {
    web.redirect("/round", "/round");
    fails(web.url() + "/round").hasMessageEndingWith(": the server redirects more than 5 times");
    assertThat(web.requests()).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/x, https://a/y, https://a/y",
    "http://a/x, http://b/y, http://b/y",
    "https://a/x, //b/y, https://b/y",
    "http://a/x/, ?q=1, http://a/x/?q=1",
  })
  void aRedirectLeadsToWhatItSays(String from, String location, String to) throws Exception {
    assertThat(WebTransfer.next(URI.create(from), location)).isEqualTo(URI.create(to));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/x, http://a/x, 'the server redirects from https to http, on a, which is not followed'",
    "https://a/x, ftp://b/x, the server redirects to something that is not an http or https URL",
    "https://a/x, file:///etc/shadow, the server redirects to something that is not an http or https URL",
    "https://a/x, '', the server redirects to something that is not an http or https URL",
    "https://a/x, 'a b', the server redirects to something that is not a URL",
  })
  void aRedirectIsNotFollowedEverywhere(String from, String location, String message) {
    assertThatThrownBy(() -> WebTransfer.next(URI.create(from), location))
        .isInstanceOf(HostFailure.class)
        .hasMessage(message);
  }

  @Test
  void userAndPasswordGoToTheirServerAndToNoOther() throws Exception {
    web.redirect("/first", "/second");
    web.redirect("/second", other.url() + "/vmlinuz");
    other.serve("/vmlinuz", CONTENT);
    fetch(web.url().replace("://", "://me%40home:a+b%2Fc@") + "/first");
    String basic = Base64.getEncoder().encodeToString("me@home:a+b/c".getBytes(UTF_8));
    assertThat(web.requests())
        .containsExactly("/first [Basic " + basic + "]", "/second [Basic " + basic + "]");
    assertThat(other.requests()).containsExactly("/vmlinuz []");
  }

  @Test
  void aBodyThatBreaksOffIsNoFile() throws Exception {
    web.serve("/short", body(CONTENT.length(), "a kernel\n"));
    fails(web.url() + "/short").hasMessageNotContaining("SHA-256");
    web.serve("/short-chunked", body(0, "a kernel\n"));
    // This server ends the chunks as if all of them had been there: the digest tells.
    fails(web.url() + "/short-chunked")
        .hasMessageContaining(": what the server sent (9 bytes) has the SHA-256 digest ");
  }

  @Test
  void whatStallsIsGivenUpWhenTheTimeIsOver() throws Exception {
    web.serve("/stalls", stallingAfter("a kernel\n"));
    fails(web.url() + "/stalls", Duration.ofMillis(700), new AtomicLong(MUCH), GOES_ON)
        .hasMessageEndingWith(": only 9 bytes were there after 700 ms (--command-timeout)");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws Exception {
    web.serve("/silent", exchange -> await());
    fails(web.url() + "/silent", Duration.ofMillis(300), new AtomicLong(MUCH), GOES_ON)
        .hasMessageEndingWith(": only 0 bytes were there after 300 ms (--command-timeout)");
  }

  @Test
  void theWatchEndsAFetchThatStalls() throws Exception {
    web.serve("/stalls", stallingAfter("a kernel\n"));
    AtomicLong seen = new AtomicLong();
    Watch watch =
        (done, total) -> {
          seen.set(total);
          return done == 0;
        };
    fails(web.url() + "/stalls", Duration.ofSeconds(60), new AtomicLong(MUCH), watch)
        .hasMessageEndingWith(": the run was ended before it was complete");
    assertThat(seen).hasValue(CONTENT.length());
  }

  @Test
  void anInterruptEndsAFetch() throws Exception {
    web.serve("/silent", exchange -> await());
    Watch watch =
        (done, total) -> {
          Thread.currentThread().interrupt();
          return true;
        };
    fails(web.url() + "/silent", Duration.ofSeconds(60), new AtomicLong(MUCH), watch)
        .hasMessageEndingWith(": this run was interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nothingIsWrittenWhenThereIsNoRoomForAllOfIt() throws Exception {
    web.serve("/large", exchange -> exchange.sendResponseHeaders(200, 20L << 20));
    fails(web.url() + "/large", Duration.ofSeconds(60), new AtomicLong(30L << 20), GOES_ON)
        .hasMessageEndingWith(
            ": the file system has only 30 MiB left, and 16 MiB of them are for others;"
                + " the file has 21 MiB");
  }

  @Test
  void aBodyWithoutALengthEndsWhereTheRoomEnds() throws Exception {
    AtomicLong free = new AtomicLong(20L << 20);
    AtomicLong sent = new AtomicLong();
    web.serve(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] piece = new byte[1 << 20];
          while (endOfTest.getCount() > 0) {
            exchange.getResponseBody().write(piece);
            free.addAndGet(-piece.length);
            sent.addAndGet(piece.length);
          }
        });
    fails(web.url() + "/endless", Duration.ofSeconds(60), free, GOES_ON)
        .hasMessageContaining(" MiB left, and 16 MiB of them are for others");
    assertThat(sent.get()).isLessThan(64L << 20);
  }

  @Test
  void noServerIsBelievedToHaveAFileOfATebibyte() throws Exception {
    web.serve("/silly", exchange -> exchange.sendResponseHeaders(200, 1L << 40));
    fails(web.url() + "/silly").hasMessageEndingWith(": it is larger than 16 GiB");
  }

  @Test
  void aServerThatIsNotThereIsSaidToBeMissing() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    fails("http://127.0.0.1:" + port + "/vmlinuz")
        .hasMessageEndingWith(": cannot connect to 127.0.0.1");
  }

  @Test
  void whatTheServerRefusesIsSaid() throws Exception {
    web.serve("/secret", exchange -> exchange.sendResponseHeaders(401, -1));
    fails(web.url() + "/secret")
        .hasMessageContaining(": the server answered 401 (it requires a user");
    web.serve("/broken", exchange -> exchange.sendResponseHeaders(500, -1));
    fails(web.url() + "/broken").hasMessageEndingWith(": the server answered 500");
  }

  @Test
  void aServerThatNobodyVouchesForIsNotTalkedTo() throws Exception {
    try (WebServer unknown = WebServer.withCertificateOfItsOwn(root)) {
      unknown.serve("/vmlinuz", CONTENT);
      fails(unknown.url() + "/vmlinuz").hasMessageContaining(": TLS failed: ");
      assertThat(unknown.requests()).isEmpty();
    }
  }

  @Test
  void anEmptyFileIsAFile() throws Exception {
    web.serve("/empty", "");
    RemoteFile source =
        new RemoteFile(web.url() + "/empty", Hashing.sha256().hashString("", UTF_8).toString());
    fetches(Duration.ofSeconds(60), new AtomicLong(MUCH)).fetch(source, "/boot/k", GOES_ON);
    assertThat(root.resolve("boot/k")).isEmptyFile();
  }
}
