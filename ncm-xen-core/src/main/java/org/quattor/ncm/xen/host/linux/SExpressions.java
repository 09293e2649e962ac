package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.HostFailure;

/** The expressions that xend writes: words, quoted words, and lists in brackets. */
final class SExpressions {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|(?<open>\\()|(?<close>\\))|'(?<single>(?:[^'\\\\]|\\\\.)*+)'"
              + "|\"(?<double>(?:[^\"\\\\]|\\\\.)*+)\"|(?<word>[^\\s()'\"]+)",
          Pattern.DOTALL);

  /** Far deeper than xend writes; lists in lists are walked through, printed and compared. */
  private static final int MAX_DEPTH = 100;

  private SExpressions() {}

  /**
   * Returns the expressions: strings and lists of expressions.
   *
   * @param source what to call the text in messages
   */
  static ImmutableList<Object> parse(String source, String text) throws HostFailure {
    Deque<List<Object>> open = new ArrayDeque<>();
    open.push(new ArrayList<>());
    Matcher token = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!token.region(at, text.length()).lookingAt()) {
        throw broken(source, at);
      }
      if (token.group("open") != null) {
        if (open.size() > MAX_DEPTH) {
          throw broken(source, at);
        }
        open.push(new ArrayList<>());
      } else if (token.group("close") != null) {
        List<Object> done = open.pop();
        if (open.isEmpty()) {
          throw broken(source, at);
        }
        open.element().add(done);
      } else {
        for (String kind : List.of("word", "single", "double")) {
          String value = token.group(kind);
          if (value != null) {
            open.element().add(value);
          }
        }
      }
      at = token.end();
    }
    if (open.size() != 1) {
      throw broken(source, at);
    }
    return ImmutableList.copyOf(open.pop());
  }

  private static HostFailure broken(String source, int at) {
    return new HostFailure(source + " is not understood from character " + at + " on");
  }

  /** Returns the value of {@code (name value)} in a list. */
  static Optional<String> value(Object expression, String name) {
    if (expression instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof List<?> pair
            && pair.size() == 2
            && pair.get(0).equals(name)
            && pair.get(1) instanceof String value) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the lists in a list that begin with the name. */
  static ImmutableList<List<?>> lists(Object expression, String name) {
    ImmutableList.Builder<List<?>> found = ImmutableList.builder();
    if (expression instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof List<?> inner && !inner.isEmpty() && name.equals(inner.get(0))) {
          found.add(inner);
        }
      }
    }
    return found.build();
  }
}
