package org.quattor.ncm.xen.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The root script, in a checkout of its own with a JDK and a Maven that only tell of their calls.
 */
class LauncherTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout", ".."));

  // What the script may find; nothing else is on its PATH, apt-get least of all.
  private static final List<String> PROGRAMS =
      List.of(
          "dirname",
          "readlink",
          "find",
          "head",
          "sed",
          "grep",
          "id",
          "mkdir",
          "tail",
          "rmdir",
          "cat",
          "rm",
          "mv",
          "flock",
          "sync",
          "touch");

  @TempDir private Path folder;

  private Path top;
  private Path path;

  @BeforeEach
  void makeACheckout() throws IOException {
    top = Files.createDirectories(folder.resolve("a checkout"));
    path = Files.createDirectories(folder.resolve("path"));
    Files.createDirectories(top.resolve("scripts"));
    for (String file :
        List.of("ncm-xen", "run-tests", "scripts/build-tools.sh", "scripts/launch.sh")) {
      Files.copy(CHECKOUT.resolve(file), top.resolve(file));
    }
    Files.createDirectories(top.resolve("ncm-xen-cli/src/main"));
    Files.writeString(top.resolve("pom.xml"), "<project/>");
    for (String name : PROGRAMS) {
      program(name, "PATH=/usr/bin:/bin; exec " + name + " \"$@\"");
    }
  }

  @Test
  void withoutAJdkAndMavenItSaysWhatToInstall() throws Exception {
    Run run = run("ncm-xen", "--version");
    assertThat(run.code).isEqualTo(69);
    assertThat(run.out).isEmpty();
    assertThat(run.err)
        .startsWith("ncm-xen: not found: a JDK (17 or later) and Maven (3.8.7 or later); install ")
        .contains("maven")
        .hasLineCount(1);
    assertThat(run("run-tests").err).startsWith("run-tests: not found: a JDK (17 or later) and ");
  }

  @Test
  void anOldJdkIsNoJdk() throws Exception {
    installTools("11.0.2");
    Run run = run("ncm-xen");
    assertThat(run.code).isEqualTo(69);
    assertThat(run.err).startsWith("ncm-xen: not found: a JDK (17 or later); install ");
  }

  @Test
  void theFirstUseBuildsWithOneLineOnStandardErrorAndPassesEverythingOn() throws Exception {
    installTools("17.0.15");
    Run run = run("ncm-xen", "plan", "--profile", "a b.json", "*", "");
    assertThat(run.code).isEqualTo(7);
    assertThat(run.err)
        .isEqualTo("ncm-xen: building from source (the first time it takes a minute or two) ...\n");
    assertThat(run.out)
        .endsWith("<plan><--profile><a b.json><*><> in " + folder.toRealPath() + "\n");
    assertThat(calls())
        .containsExactly(
            "mvn -B -q -Dmaven.test.skip=true -pl ncm-xen-cli -am package in " + top.toRealPath());
  }

  @Test
  void theSecondUseBuildsNothing() throws Exception {
    installTools("17.0.15");
    run("ncm-xen", "plan");
    assertThat(run("ncm-xen", "plan").err).isEmpty();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void aNewerSourceIsBuilt() throws Exception {
    installTools("17.0.15");
    run("ncm-xen", "plan");
    Path source = Files.createFile(top.resolve("ncm-xen-cli/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run("ncm-xen", "plan").err).startsWith("ncm-xen: building ");
    assertThat(calls()).hasSize(2);
  }

  @Test
  void aRemovedSourceIsBuiltToo() throws Exception {
    installTools("17.0.15");
    run("ncm-xen", "plan");
    Files.setLastModifiedTime(
        top.resolve("ncm-xen-cli/src/main"), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run("ncm-xen", "plan").err).startsWith("ncm-xen: building ");
  }

  @Test
  void aBuildThatFailsIs70WithItsFirstErrorsAndIsTriedAgain() throws Exception {
    installTools("17.0.15");
    program("mvn", "echo \"mvn $*\" >>\"$CALLS\"; echo '[ERROR] no such symbol'; exit 1");
    Run run = run("ncm-xen", "plan");
    assertThat(run.code).isEqualTo(70);
    assertThat(run.out).isEmpty();
    assertThat(run.err).contains("ncm-xen: the build failed; ", "\n[ERROR] no such symbol\n");
    assertThat(run("ncm-xen", "plan").code).isEqualTo(70);
    assertThat(calls()).hasSize(2);
  }

  @Test
  void itIsFoundThroughALink() throws Exception {
    installTools("17.0.15");
    Files.createSymbolicLink(path.resolve("linked"), top.resolve("ncm-xen"));
    assertThat(start(List.of("/bin/sh", path.resolve("linked").toString(), "x")).out)
        .contains("<x> in ");
  }

  @Test
  void aClosedStandardOutputIsNoFileOfJavas() throws Exception {
    installTools("17.0.15");
    run("ncm-xen", "x");
    String script = top.resolve("ncm-xen").toString();
    Run run = start(List.of("/bin/sh", "-c", "exec /bin/sh '" + script + "' open >&- <&-"));
    assertThat(run.code).isEqualTo(7);
    assertThat(run.err).isEmpty();
    assertThat(start(List.of("/bin/sh", "-c", "exec /bin/sh '" + script + "' x 2>&-")).out)
        .contains("<x> in ");
  }

  @Test
  void aFolderThatIsGoneIsLeftBeforeJavaStarts() throws Exception {
    installTools("17.0.15");
    run("ncm-xen", "x");
    Path gone = Files.createDirectory(folder.resolve("gone"));
    String script = top.resolve("ncm-xen").toString();
    Run run =
        start(
            List.of(
                "/bin/sh",
                "-c",
                "cd '" + gone + "' && rmdir '" + gone + "' && exec /bin/sh '" + script + "' x"));
    assertThat(run.out).contains("<x> in /\n");
  }

  /** A Java that makes an archive of 14 bytes, and tells whether it was started with one. */
  private void installJavaWithArchives() throws IOException {
    installTools("17.0.15");
    write(
        folder.resolve("jdk/bin/java"),
        """
        for word; do
            case $word in
            -XX:SharedArchiveFile=*) archive=${word#*=} ;;
            -Xshare:dump) dump=1 ;;
            -XX:DumpLoadedClassList=*) exit 0 ;;
            esac
        done
        if [ -n "${dump:-}" ]; then
            echo dump >>"$CALLS"
            echo 'whole archive' >"$archive"
        else
            echo "started ${archive:+with an archive}"
        fi
        """);
  }

  /** The JVM of Java 17 dies of it, with -Xshare:auto too. */
  @Test
  void anArchiveThatIsCutOffIsMadeAnewAndNotTaken() throws Exception {
    installJavaWithArchives();
    assertThat(run("ncm-xen", "x").out).isEqualTo("started with an archive\n");
    Path archive = top.resolve("ncm-xen-cli/target/launcher/ncm-xen.jsa");
    for (String cut : List.of("", "w", "whole archive")) {
      Files.writeString(archive, cut);
      assertThat(run("ncm-xen", "x").out).isEqualTo("started with an archive\n");
      assertThat(archive).hasContent("whole archive");
    }
    assertThat(calls()).filteredOn("dump"::equals).hasSize(4);
    Files.delete(archive.resolveSibling("ncm-xen.jsa.size"));
    program("sync", "exit 1");
    assertThat(run("ncm-xen", "x").out).isEqualTo("started \n");
    assertThat(archive).doesNotExist();
    assertThat(run("ncm-xen", "x").out).isEqualTo("started \n");
    assertThat(calls()).filteredOn("dump"::equals).hasSize(5);
  }

  @Test
  void theInstalledCommandTakesNoArchiveThatIsCutOffEither() throws Exception {
    installJavaWithArchives();
    Path home = Files.createDirectories(folder.resolve("opt/share/ncm-xen"));
    Path command = Files.createDirectories(folder.resolve("opt/bin")).resolve("ncm-xen");
    Path tree = CHECKOUT.resolve("ncm-xen-packages/src/tree");
    Files.copy(tree.resolve("ncm-xen"), command);
    write(home.resolve("make-archive"), Files.readString(tree.resolve("make-archive")));
    Files.copy(CHECKOUT.resolve("scripts/launch.sh"), home.resolve("launch.sh"));
    List<String> call = List.of("/bin/sh", command.toString(), "x");
    assertThat(start(call).out).isEqualTo("started \n");
    assertThat(start(List.of("/bin/sh", home.resolve("make-archive").toString())).code).isZero();
    assertThat(start(call).out).isEqualTo("started with an archive\n");
    Path archive = home.resolve("archive/17.0.15.jsa");
    Files.writeString(archive, "whole");
    assertThat(start(call).out).isEqualTo("started with an archive\n");
    assertThat(archive).hasContent("whole archive");
  }

  private void installTools(String version) throws IOException {
    Path jdk = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
    for (String tool : List.of("java", "javac")) {
      Path program = jdk.resolve(tool);
      write(
          program,
          """
          while [ "$#" -gt 0 ] && [ "$1" != -jar ]; do shift; done
          [ "$#" -ge 2 ] || exit 0
          shift 2
          for argument; do printf '<%s>' "$argument"; done
          echo " in $(pwd -P)"
          exit 7
          """);
      Files.createSymbolicLink(path.resolve(tool), program);
    }
    program(
        "mvn",
        """
        echo "mvn $* in $(pwd -P)" >>"$CALLS"
        mkdir -p ncm-xen-cli/target
        touch ncm-xen-cli/target/ncm-xen-cli-1.jar
        """);
  }

  private void program(String name, String text) throws IOException {
    write(path.resolve(name), text);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private Run run(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", top.resolve(script).toString()));
    command.addAll(List.of(arguments));
    return start(command);
  }

  private Run start(List<String> command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("PATH", path.toString(), "CALLS", folder.resolve("calls").toString()));
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private record Run(int code, String out, String err) {}
}
