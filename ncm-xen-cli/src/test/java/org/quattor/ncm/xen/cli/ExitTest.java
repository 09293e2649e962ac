package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.schema.Schema;

class ExitTest {

  @Test
  void anAbsentProfileIs66() {
    assertThat(
            Call.withProfile(
                FakeEngine.throwing(() -> new Refusal(Refusal.Kind.NO_PROFILE, "p: is a folder")),
                "plan"))
        .isEqualTo(new Call(66, "", "[ERROR] p: is a folder\n"));
  }

  @Test
  void aProfileThatIsNoneIs65() {
    assertThat(
            Call.withProfile(
                FakeEngine.throwing(
                    () -> new Refusal(Refusal.Kind.INVALID_PROFILE, "p:1:7: cut off")),
                "configure"))
        .isEqualTo(new Call(65, "[ERROR] p:1:7: cut off\n", ""));
  }

  @Test
  void noToolstackIs69AndOneLine() {
    assertThat(
            Call.withProfile(
                FakeEngine.throwing(
                    () -> new Refusal(Refusal.Kind.NO_TOOLSTACK, "neither xl nor xm is here")),
                "configure"))
        .isEqualTo(new Call(69, "[ERROR] neither xl nor xm is here\n", ""));
  }

  @Test
  void anUnknownGuestIs64WithTheNearestName() {
    assertThat(
            Call.withProfile(
                FakeEngine.throwing(
                    () -> new Refusal(Refusal.Kind.USAGE, "no guest v; did you mean vm1?")),
                "show",
                "v"))
        .isEqualTo(new Call(64, "", "[ERROR] no guest v; did you mean vm1?\n"));
  }

  @Test
  void troubleWithReadingOrWritingIs74() {
    assertThat(
            Call.withProfile(
                FakeEngine.throwing(() -> new UncheckedIOException(new IOException("disk gone"))),
                "plan"))
        .isEqualTo(
            new Call(74, "", "[ERROR] reading or writing failed: IOException (disk gone)\n"));
  }

  @Test
  void aHostThatCannotBeReadIs74() {
    assertThat(
            Call.withProfile(
                FakeEngine.throwing(
                    () ->
                        new Refusal(
                            Refusal.Kind.UNREADABLE_HOST, "vgs failed", new IOException("x"))),
                "plan"))
        .isEqualTo(new Call(74, "", "[ERROR] vgs failed\n"));
  }

  @Test
  void ourOwnBugIs70AndOneLineWithoutATrace() {
    assertThat(
            Call.withProfile(
                FakeEngine.throwing(() -> new IllegalStateException("odd\nthing")), "configure"))
        .isEqualTo(
            new Call(
                70,
                "[ERROR] bug in ncm-xen: IllegalStateException (odd\\nthing); run it"
                    + " again with --debug, and report the output\n",
                ""));
  }

  @Test
  void withDebugABugShowsItsTrace() {
    Call call =
        Call.withProfile(
            FakeEngine.throwing(
                () -> new IllegalStateException("odd", new IllegalArgumentException("cause"))),
            "configure",
            "--debug");
    assertThat(call.code()).isEqualTo(70);
    assertThat(call.err())
        .contains("java.lang.IllegalStateException: odd\n    at ")
        .contains("java.lang.IllegalArgumentException: cause\n    at ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"configure", "unconfigure"})
  void onlyRootMayChangeThisHost(String command) {
    FakeEngine services = new FakeEngine();
    assertThat(Call.withProfile(services, Call.USER, command))
        .isEqualTo(
            new Call(
                77,
                "[ERROR] "
                    + command
                    + " changes this host and must run as root; expected sudo ncm-xen "
                    + command
                    + " ..., or --noaction to see what would be done\n",
                ""));
    assertThat(services.asked).isEmpty();
  }

  @Test
  void nobodyNeedsToBeRootToLookOrToWorkOnASimulatedHost() {
    FakeEngine services = new FakeEngine();
    assertThat(Call.withProfile(services, Call.USER, "configure", "--noaction").code()).isZero();
    assertThat(Call.withProfile(services, Call.USER, "configure", "--host=simulated:d").code())
        .isZero();
    assertThat(Call.withProfile(services, Call.USER, "plan").code()).isZero();
  }

  @Test
  void aMissingProfileGetsTheNearestNameInItsFolder(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("xenhost.example.org.json"));
    Files.createFile(folder.resolve("readme"));
    Path typed = folder.resolve("xenhsot.example.org.json");
    assertThat(Call.of(new FakeEngine(), "plan", "--profile", typed.toString()))
        .isEqualTo(
            new Call(
                66,
                "",
                "[ERROR] no such file: "
                    + typed
                    + "; did you mean "
                    + folder.resolve("xenhost.example.org.json")
                    + "?\n"));
  }

  @Test
  void aMissingProfileWithoutAnythingNearSaysWhatWasExpected(@TempDir Path folder) {
    Path typed = folder.resolve("host.json");
    assertThat(Call.of(new FakeEngine(), "plan", "--profile", typed.toString()).err())
        .isEqualTo(
            "[ERROR] no such file: "
                + typed
                + "; expected a compiled profile, JSON or XML, also in gzip\n");
    Path deeper = folder.resolve("no/host.json");
    assertThat(Call.of(new FakeEngine(), "plan", "--profile", deeper.toString()).err())
        .isEqualTo(
            "[ERROR] no such file: "
                + deeper
                + ", and no directory "
                + folder.resolve("no")
                + "; expected a compiled profile, JSON or XML, also in gzip\n");
  }

  @Test
  void aMissingSchemaIs78(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("schema.pan"));
    Path typed = folder.resolve("schma.pan");
    assertThat(Call.withProfile(new FakeEngine(), "plan", "--schema", typed.toString()))
        .isEqualTo(
            new Call(
                78,
                "",
                "[ERROR] no such file: "
                    + typed
                    + "; did you mean "
                    + folder.resolve("schema.pan")
                    + "?\n"));
    assertThat(Call.withProfile(new FakeEngine(), "plan", "--schema", folder.toString()).err())
        .isEqualTo(
            "[ERROR] "
                + folder
                + " is a directory; --schema expects a Pan file with the component's types\n");
  }

  @Test
  void aSchemaThatIsNoneIs78(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("schema.pan"), "nonsense");
    Call call =
        Call.withProfile(
            FakeEngine.throwing(
                () -> {
                  Schema.read(file);
                  return new IllegalStateException("the schema was accepted");
                }),
            "plan");
    assertThat(call.code()).isEqualTo(78);
    assertThat(call.err()).startsWith("[ERROR] " + file + ":1:").hasLineCount(1);
  }

  @Test
  void standardOutputThatCannotBeWrittenIs74() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    StringWriter err = new StringWriter();
    int code =
        new NcmXen(new FakeEngine(), Interruption.none(), Call.ROOT)
            .run(
                new String[] {"plan", "--profile", "-"},
                InputStream.nullInputStream(),
                new PrintWriter(full),
                new PrintWriter(err));
    assertThat(code).isEqualTo(74);
    assertThat(err.toString()).isEqualTo("[ERROR] standard output could not be written\n");
  }
}
