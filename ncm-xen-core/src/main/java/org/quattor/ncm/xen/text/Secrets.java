package org.quattor.ncm.xen.text;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a profile is a password, and how it is shown. A VNC password stands in a field of its
 * own, or among other settings in the text of {@code vfb}; that of a web server stands in a URL.
 */
public final class Secrets {

  /** What is shown instead. */
  public static final String MASK = "********";

  /** The name of a setting for a password, as tools, kernels and installers have it. */
  private static final Pattern DECLARED =
      Pattern.compile(
          "(?i)(?:passw|passphrase|secret|token|rootpw|pwd|psk)[^=:\\s]{0,60}+\\s{0,9}+[=:]");

  /** Of one value; each may be a password with all that follows it. */
  private static final int MAX_SETTINGS = 100;

  private static final CharMatcher QUOTES = CharMatcher.anyOf("'\"[] \t\r\n");
  private static final CharMatcher ENDS = CharMatcher.anyOf(",;'\"]").or(CharMatcher.whitespace());
  private static final CharMatcher BLANK = CharMatcher.whitespace();

  private Secrets() {}

  /** Returns whether a value must not be in a message, judged by its path and by itself. */
  public static boolean isSecret(String path, String value) {
    String text = Ascii.toLowerCase(value);
    boolean url = path.endsWith("/url") || text.contains("://");
    return path.contains("passw")
        || text.contains("passw")
        || DECLARED.matcher(value).find()
        || (url && (text.contains("@") || text.contains("?")));
  }

  /**
   * Returns what is secret in a value, in every reading of where it ends: a comma or a blank may be
   * a part of a password.
   *
   * @param named whether the value stands under the name of a password
   */
  public static ImmutableSet<String> in(boolean named, String value) {
    ImmutableSet.Builder<String> found = ImmutableSet.builder();
    if (named) {
      found.add(value).add(value.strip());
    }
    Matcher settings = DECLARED.matcher(value);
    for (int i = 0; i < MAX_SETTINGS && settings.find(); i++) {
      String rest = value.substring(settings.end());
      String bare = QUOTES.trimFrom(rest);
      found.add(rest.strip()).add(bare).add(upTo(ENDS, bare)).add(upTo(BLANK, bare));
    }
    if (value.contains("://")) {
      Splitter.on(' ').split(value).forEach(word -> addAccess(word, found));
    }
    return found.build();
  }

  private static String upTo(CharMatcher end, String text) {
    int at = end.indexIn(text);
    return at < 0 ? text : text.substring(0, at);
  }

  private static void addAccess(String word, ImmutableSet.Builder<String> found) {
    int scheme = word.indexOf("://");
    if (scheme < 0) {
      return;
    }
    int query = word.indexOf('?', scheme);
    String address = query < 0 ? word : word.substring(0, query);
    int user = address.lastIndexOf('@');
    if (user > scheme) {
      String info = address.substring(scheme + 3, user);
      String password = info.substring(info.indexOf(':') + 1);
      found.add(info).add(password).add(decoded(password));
    }
    if (query >= 0) {
      found.add(word.substring(query + 1));
      for (String setting : Splitter.on('&').split(word.substring(query + 1))) {
        String part = setting.substring(setting.indexOf('=') + 1);
        found.add(part).add(decoded(part));
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /**
   * Returns a value with {@link #MASK} in the place of what is secret in it. After the name of a
   * password all is, since a comma or a blank may be a part of that.
   */
  public static String masked(String value) {
    String text =
        Splitter.on(' ')
            .splitToStream(value)
            .map(Secrets::withoutAccess)
            .collect(Collectors.joining(" "));
    Matcher settings = DECLARED.matcher(text);
    return settings.find() ? text.substring(0, settings.end()) + MASK : text;
  }

  /** Returns a word without what a URL in it has before its host and after its path. */
  private static String withoutAccess(String word) {
    int scheme = word.indexOf("://");
    if (scheme < 0) {
      return word;
    }
    int query = word.indexOf('?', scheme);
    String address = query < 0 ? word : word.substring(0, query);
    int user = address.lastIndexOf('@');
    return (user < scheme
            ? address
            : address.substring(0, scheme + 3) + MASK + address.substring(user))
        + (query < 0 ? "" : "?" + MASK);
  }
}
