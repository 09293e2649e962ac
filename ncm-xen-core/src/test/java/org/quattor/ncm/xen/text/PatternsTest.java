package org.quattor.ncm.xen.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every regular expression of the code, on texts that are far longer than any good one. Java's
 * matcher goes a level deeper for each repetition of a group that is not possessive, and some
 * kilobytes are enough for its stack.
 */
class PatternsTest {

  private static final int LENGTH = 100_000;
  private static final int LOOKS_PER_CHARACTER = 100;
  private static final Path CHECKOUT = Path.of("..");

  private static final String LITERAL = "\"(?:[^\"\\\\]|\\\\.)*+\"";
  private static final Pattern USE =
      Pattern.compile(
          "(Pattern\\.compile|\\.matches|replaceAll|replaceFirst|\\.split|onPattern|matching"
              + "|Shape\\.text)\\(\\s*+((?:[A-Z_]{2,}|"
              + LITERAL
              + ")(?:\\s*+\\+\\s*+(?:[A-Z_]{2,}|"
              + LITERAL
              + "))*+)");
  private static final Pattern CONSTANT =
      Pattern.compile(
          "static final String ([A-Z_]+) =\\s*+("
              + LITERAL
              + "(?:\\s*+\\+\\s*+"
              + LITERAL
              + ")*+);");
  private static final Pattern PART = Pattern.compile("[A-Z_]{2,}|" + LITERAL);
  private static final Pattern WORD = Pattern.compile("[A-Za-z_-]{3,}");

  private static final List<String> UNITS =
      List.of(
          "a", "0", "/", "/d", "0,", "a,", "a:", ":", " ", "\t ", "\n", "\r\n", "'", "\"", "\\",
          "(", "a b ", " 1", "a=", "a-", "0.", "\u0000", "\u2028", "1/2", "[", "?", "@", "#");

  private record Use(Path file, String pattern, boolean whole) {}

  @Test
  void eachComesToAnEndWithinItsStackAndAFewLooksAtEachCharacter() throws IOException {
    List<String> faults = new ArrayList<>();
    List<Use> uses = uses();
    assertThat(uses).hasSizeGreaterThan(100);
    for (Use use : uses) {
      Pattern pattern = Pattern.compile(use.pattern());
      for (String text : texts(use.pattern())) {
        String fault = fault(pattern, text, use.whole());
        if (!fault.isEmpty()) {
          faults.add(use.file() + " " + use.pattern() + ": " + fault);
          break;
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static String fault(Pattern pattern, String text, boolean whole) {
    try {
      pattern.matcher(new Looks(text)).matches();
      pattern.matcher(new Looks(text)).lookingAt();
      Matcher finder = pattern.matcher(new Looks(text));
      while (!whole && finder.find()) {
        // To the last one.
      }
      return "";
    } catch (StackOverflowError e) {
      return "the stack, with " + Excerpt.of(text);
    } catch (IllegalStateException e) {
      return "too many looks, with " + Excerpt.of(text);
    }
  }

  private static List<String> texts(String pattern) {
    List<String> units = new ArrayList<>(UNITS);
    List<String> words =
        WORD.matcher(pattern).results().map(MatchResult::group).distinct().limit(3).toList();
    words.forEach(word -> units.addAll(List.of(word, word + " ", " " + word + "=")));
    List<String> texts = new ArrayList<>();
    for (String unit : units) {
      String text = unit.repeat(LENGTH / unit.length());
      texts.add(text);
      texts.add((words.isEmpty() ? "a" : words.get(0)) + text + "!");
    }
    return texts;
  }

  private static List<Use> uses() throws IOException {
    List<Use> uses = new ArrayList<>();
    for (String module : List.of("ncm-xen-api", "ncm-xen-core", "ncm-xen-cli")) {
      Path sources = CHECKOUT.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .sorted()
            .forEach(file -> add(file, uses));
      }
    }
    return uses;
  }

  private static void add(Path file, List<Use> uses) {
    String source;
    try {
      source = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> constants = new TreeMap<>();
    CONSTANT
        .matcher(source)
        .results()
        .forEach(found -> constants.put(found.group(1), value(found.group(2), Map.of())));
    USE.matcher(source)
        .results()
        .forEach(
            found ->
                uses.add(
                    new Use(
                        file.getFileName(),
                        value(found.group(2), constants),
                        List.of(".matches", "matching", "Shape.text").contains(found.group(1))
                            || isOnlyMatched(source, found.start()))));
  }

  /** Whether the constant that begins before this place is used with {@code matches()} only. */
  private static boolean isOnlyMatched(String source, int place) {
    int line = source.lastIndexOf(';', place);
    Matcher name = Pattern.compile("Pattern ([A-Z_]+) =").matcher(source.substring(line, place));
    return name.find()
        && !Pattern.compile(
                name.group(1) + "\\s*\\.matcher\\([^;]*?\\)\\s*\\.(find|replace|result)")
            .matcher(source)
            .find()
        && !Pattern.compile(
                "Matcher \\w+ =\\s*" + name.group(1) + "\\.matcher[^}]*?\\.(find|replace)\\w*\\(")
            .matcher(source)
            .find();
  }

  private static String value(String expression, Map<String, String> constants) {
    StringBuilder value = new StringBuilder();
    PART.matcher(expression)
        .results()
        .map(MatchResult::group)
        .forEach(
            part ->
                value.append(
                    part.startsWith("\"")
                        ? part.substring(1, part.length() - 1)
                            .replaceAll("(?<!\\\\)\\\\u[0-9a-f]{4}", "x")
                            .translateEscapes()
                        : constants.getOrDefault(part, "")));
    return value.toString();
  }

  /** Text that is looked at so often and no more. */
  private static final class Looks implements CharSequence {
    private final String text;
    private long looks;

    Looks(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++looks > (long) LOOKS_PER_CHARACTER * LENGTH) {
        throw new IllegalStateException("too many looks");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
