package org.quattor.ncm.xen.text;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
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

  /** The name of a setting for a password, and what separates it from the value, if anything. */
  private static final Pattern SETTING = Pattern.compile("(?i)passw[^=:\\s]*+\\s*+([=:])?");

  /** A line of a guest file as our writers make it: what comes before the text, its quote. */
  private static final Pattern LINE =
      Pattern.compile("^(\\s*(?:([a-z0-9_]+) = )?\\[?)([\"'])(.*)(\\3[\\s,]*\\]?,?)$");

  private Secrets() {}

  /** Returns whether a value must not be in a message, judged by its path and by itself. */
  public static boolean isSecret(String path, String value) {
    String text = Ascii.toLowerCase(value);
    boolean url = path.endsWith("/url") || text.contains("://");
    return path.contains("passw")
        || text.contains("passw")
        || (url && (text.contains("@") || text.contains("?")));
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
    Matcher settings = SETTING.matcher(text);
    while (settings.find()) {
      if (settings.group(1) != null) {
        return text.substring(0, settings.end()) + MASK;
      }
    }
    return text;
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

  /** Returns a guest file with {@link #MASK} in the place of what is secret in it. */
  public static String maskedFile(String file) {
    return Splitter.on('\n')
        .splitToStream(file)
        .map(Secrets::maskedLine)
        .collect(Collectors.joining("\n"));
  }

  private static String maskedLine(String line) {
    Matcher parts = LINE.matcher(line);
    if (line.startsWith("#") || !parts.matches()) {
      return line;
    }
    String key = parts.group(2);
    String value = parts.group(4);
    boolean whole = key != null && key.contains("passw");
    return parts.group(1) + parts.group(3) + (whole ? MASK : masked(value)) + parts.group(5);
  }
}
