package org.quattor.ncm.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a runner compiles against: every public signature is in {@code api.txt}, so that a change of
 * one is seen in a review. {@code -Dncm-xen.accept=true} writes the file anew.
 */
class ApiListingTest {

  private static final Path MODULE =
      Path.of(System.getProperty("ncm-xen.checkout", "..")).resolve("ncm-xen-api");
  private static final Path LISTING = MODULE.resolve("api.txt");
  private static final Path CLASSES = Path.of("target", "classes");

  @Test
  void theSignaturesAreThoseOfTheListing() throws IOException {
    List<String> actual = new ArrayList<>();
    for (Class<?> type : publicTypes()) {
      actual.add(header(type));
      members(type).forEach(member -> actual.add("  " + member));
    }
    assertThat(actual).hasSizeGreaterThan(100);
    if (Boolean.getBoolean("ncm-xen.accept")) {
      Files.write(LISTING, actual);
    }
    assertThat(actual)
        .as("api.txt; -Dncm-xen.accept=true writes it anew")
        .containsExactlyElementsOf(Files.readAllLines(LISTING));
  }

  @Test
  void nothingBeyondTheJdkAndTheJarItselfIsInASignature() throws IOException {
    for (Class<?> type : publicTypes()) {
      for (String member : members(type)) {
        assertThat(member.replaceAll("java\\.[a-z.]+|org\\.quattor\\.ncm\\.[a-z.]+", ""))
            .as(type.getName())
            .doesNotContainPattern("\\b(com|org|net|io)\\.[a-z]");
      }
    }
  }

  private static List<Class<?>> publicTypes() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .<Class<?>>map(ApiListingTest::load)
          .filter(ApiListingTest::isVisible)
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiListingTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
      if ((outer.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0) {
        return false;
      }
    }
    return !type.isAnonymousClass();
  }

  private static String header(Class<?> type) {
    String kind =
        type.isRecord()
            ? "record"
            : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
    String parents =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .map(java.lang.reflect.Type::getTypeName)
            .filter(name -> !name.matches("java\\.lang\\.(Object|Record|Enum<.*>)"))
            .collect(Collectors.joining(", "));
    return kind + " " + type.getName() + (parents.isEmpty() ? "" : " : " + parents);
  }

  private static List<String> members(Class<?> type) {
    List<String> members = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field.getModifiers())) {
        members.add(
            field.isEnumConstant()
                ? field.getName()
                : field.getGenericType().getTypeName() + " " + field.getName());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor.getModifiers()) && !constructor.isSynthetic()) {
        members.add("new" + parameters(constructor));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
        members.add(
            (Modifier.isStatic(method.getModifiers()) ? "static " : "")
                + (method.isDefault() ? "default " : "")
                + method.getGenericReturnType().getTypeName()
                + " "
                + method.getName()
                + parameters(method));
      }
    }
    members.sort(null);
    return members;
  }

  private static boolean isVisible(int modifiers) {
    return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getGenericParameterTypes())
        .map(java.lang.reflect.Type::getTypeName)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
