package org.quattor.ncm.xen.model;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The notations of a MAC that people use. */
public final class MacText {

  private static final Pattern PAIRS = Pattern.compile("(?:[0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}");
  private static final Pattern RUN =
      Pattern.compile("[0-9a-f]{12}|(?:[0-9a-f]{4}\\.){2}[0-9a-f]{4}");

  private static final int LENGTH = 17;

  private MacText() {}

  /** Returns the address in lower case with colons; empty when the text is none. */
  public static Optional<String> normalise(String text) {
    if (isNormal(text)) {
      return Optional.of(text);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (PAIRS.matcher(lower).matches()) {
      return Optional.of(
          Splitter.onPattern("[:-]")
              .splitToStream(lower)
              .map(pair -> Strings.padStart(pair, 2, '0'))
              .collect(Collectors.joining(":")));
    }
    if (RUN.matcher(lower).matches()) {
      return Optional.of(
          Splitter.fixedLength(2)
              .splitToStream(lower.replace(".", ""))
              .collect(Collectors.joining(":")));
    }
    return Optional.empty();
  }

  /** Most are so already, and a host has many. */
  private static boolean isNormal(String text) {
    boolean normal = text.length() == LENGTH;
    for (int i = 0; normal && i < LENGTH; i++) {
      char c = text.charAt(i);
      normal = i % 3 == 2 ? c == ':' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return normal;
  }
}
