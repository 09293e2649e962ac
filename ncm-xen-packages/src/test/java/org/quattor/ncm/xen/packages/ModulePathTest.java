package org.quattor.ncm.xen.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner that is a module of its own, with the jars of the packages on its module path. */
class ModulePathTest {

  private static final Path LIB = Path.of("target", "tree", "usr", "share", "ncm-xen", "lib");

  @TempDir private Path folder;

  @Test
  void aModuleFindsTheComponentAndPlansWithIt() throws Exception {
    assumeThat(LIB).as("the packages are built before this test, in mvn verify").isDirectory();
    Path sources = Files.createDirectories(folder.resolve("source/runner"));
    Files.writeString(
        folder.resolve("source/module-info.java"),
        """
        module runner {
          requires org.quattor.ncm.xen.api;
          requires org.quattor.ncm.xen.core;
          uses org.quattor.ncm.component.ComponentProvider;
        }
        """);
    Files.writeString(
        sources.resolve("Runner.java"),
        """
        package runner;

        import java.nio.file.Path;
        import java.util.List;
        import java.util.ServiceLoader;
        import org.quattor.ncm.component.*;
        import org.quattor.ncm.xen.profile.ProfileReader;

        public class Runner {
          public static void main(String[] args) {
            for (ComponentProvider provider : ServiceLoader.load(ComponentProvider.class)) {
              ComponentPlan plan =
                  provider
                      .create()
                      .plan(
                          Intent.CONFIGURE,
                          ComponentContext.builder(new ProfileReader().read(Path.of(args[0])))
                              .option("host", List.of("simulated:" + args[1]))
                              .build());
              System.out.println(
                  provider.name()
                      + " of "
                      + provider.getClass().getModule().getName()
                      + ": "
                      + plan.actions().size()
                      + " actions");
            }
          }
        }
        """);
    Path classes = folder.resolve("classes");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-p",
                LIB.toString(),
                "-d",
                classes.toString(),
                folder.resolve("source/module-info.java").toString(),
                sources.resolve("Runner.java").toString());
    assertThat(compiled).isZero();
    assertThat(
            java(
                "-p",
                classes + ":" + LIB,
                // Our modules are automatic ones: they cannot say that they need jackson's.
                "--add-modules",
                "ALL-MODULE-PATH",
                "-m",
                "runner/runner.Runner",
                LIB.resolveSibling("example-profile.json").toString(),
                folder.resolve("host").toString()))
        .isEqualTo("xen of org.quattor.ncm.xen.core: 12 actions\n");
  }

  private String java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out, UTF_8);
  }
}
