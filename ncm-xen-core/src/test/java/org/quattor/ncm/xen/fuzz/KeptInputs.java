package org.quattor.ncm.xen.fuzz;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * The inputs that are kept for the fuzzer, in {@code MODULE/src/fuzz/CLASS/}: what it starts from,
 * and what once broke a reader. A class is given any bytes by its {@code public static void
 * fuzzerTestOneInput(byte[])}, and throws when a reader breaks its promise.
 */
public final class KeptInputs {

  private KeptInputs() {}

  /** Returns a test for each input of a module. */
  public static List<DynamicContainer> tests(String module) throws IOException {
    Path folder = Path.of(System.getProperty("ncm-xen.checkout", ".."), module, "src", "fuzz");
    return list(folder).stream()
        .map(kept -> dynamicContainer(String.valueOf(kept.getFileName()), tests(kept)))
        .toList();
  }

  private static Stream<DynamicTest> tests(Path folder) {
    try {
      Method target =
          Class.forName(String.valueOf(folder.getFileName()))
              .getMethod("fuzzerTestOneInput", byte[].class);
      return list(folder).stream()
          .map(
              file ->
                  dynamicTest(
                      String.valueOf(file.getFileName()),
                      () -> give(target, Files.readAllBytes(file))));
    } catch (ReflectiveOperationException | IOException e) {
      throw new AssertionError("inputs that belong to no class: " + folder, e);
    }
  }

  private static void give(Method target, byte[] input) throws Throwable {
    try {
      target.invoke(null, (Object) input);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }
}
