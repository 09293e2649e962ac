package org.quattor.ncm.xen.text;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.html.HtmlEscapers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides secrets in text that somebody else has made: what a tool prints may quote a guest file, and
 * with it a password. A secret is found in the middle of a word, quoted or escaped as usual, with
 * line ends in it, and where the text was shortened with … in the middle of it.
 *
 * <p>A secret of fewer than {@link #SHORTEST} characters is hidden only behind a name such as
 * {@code vncpasswd=}: its letters are in half of all words. Behind such a name every value is
 * hidden, declared or not, and so is what a URL has before its host.
 */
public final class Mask {

  /** The fewest characters of a secret that is searched for everywhere. */
  public static final int SHORTEST = 4;

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(passw[^=:\\s\"']{0,60}+[\"']?(?: {0,9}= {0,9}|:)[\"']?)[^\\s,;\"'\\])]++");
  private static final Pattern ACCESS = Pattern.compile("(?<=://)[^/\\s@?#'\"]{1,500}+@");

  /** What secrets may look like, sorted, without line ends. */
  private final ImmutableSortedSet<String> forms;

  /** The first characters of these, to pass over most places of a text. */
  private final Set<String> starts = new HashSet<>();

  /** Returns a mask for these secrets, and for those that their names tell. */
  public static Mask of(Collection<String> secrets) {
    return new Mask(secrets);
  }

  private Mask(Collection<String> secrets) {
    this.forms =
        secrets.stream()
            .flatMap(secret -> formsOf(secret).stream())
            .map(form -> new Squeezed(form).text)
            .filter(form -> form.length() >= SHORTEST)
            .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    forms.forEach(form -> starts.add(form.substring(0, SHORTEST)));
  }

  /** As it is, and as tools, JSON, shells, Python, XML and URLs write it. */
  private static List<String> formsOf(String secret) {
    String escaped = secret.replace("\\", "\\\\");
    String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    return List.of(
        secret,
        Printable.line(secret),
        escaped,
        escaped.replace("\"", "\\\""),
        escaped.replace("'", "\\'"),
        secret.replace("'", "'\\''"),
        secret.replace("'", "'\"'\"'"),
        HtmlEscapers.htmlEscaper().escape(secret),
        encoded,
        encoded.replace("+", "%20"));
  }

  /** Returns the text with {@link Secrets#MASK} in the place of each secret. */
  public String masked(String text) {
    String hidden = forms.isEmpty() ? text : withoutDeclared(text);
    String named = NAMED.matcher(hidden).replaceAll("$1" + Secrets.MASK);
    return named.contains("://") ? ACCESS.matcher(named).replaceAll(Secrets.MASK + "@") : named;
  }

  private String withoutDeclared(String text) {
    Squeezed squeezed = new Squeezed(text);
    String plain = squeezed.text;
    BitSet secret = new BitSet();
    for (int i = 0; i + SHORTEST <= plain.length(); i++) {
      int length = starts.contains(plain.substring(i, i + SHORTEST)) ? secretAt(plain, i) : 0;
      if (length > 0) {
        secret.set(squeezed.places[i], squeezed.places[i + length - 1] + 1);
      }
    }
    if (secret.isEmpty()) {
      return text;
    }
    StringBuilder masked = new StringBuilder();
    int at = 0;
    for (int start = secret.nextSetBit(0); start >= 0; start = secret.nextSetBit(at)) {
      masked.append(text, at, start).append(Secrets.MASK);
      at = secret.nextClearBit(start);
    }
    return masked.append(text, at, text.length()).toString();
  }

  /**
   * Returns how long the longest secret is that begins there; what the text leaves out of it, with
   * an ellipsis in its place, does not count.
   */
  private int secretAt(String text, int start) {
    List<String> sorted = forms.asList();
    int from = 0;
    int to = sorted.size();
    int longest = 0;
    for (int length = 1; from < to && start + length <= text.length(); length++) {
      char last = text.charAt(start + length - 1);
      from = firstNotBefore(sorted, from, to, length - 1, last);
      to = firstNotBefore(sorted, from, to, length - 1, last + 1);
      boolean shortened =
          length >= SHORTEST
              && (text.startsWith("…", start + length) || text.startsWith("\"…", start + length));
      if (from < to && (shortened || sorted.get(from).length() == length)) {
        longest = length;
      }
    }
    return longest;
  }

  /** All in the range are alike up to the place, and the shortest of them comes first. */
  private static int firstNotBefore(List<String> sorted, int from, int to, int place, int c) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      String form = sorted.get(middle);
      if (form.length() <= place || form.charAt(place) < c) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Text without its line ends and what indents lines, and where its characters were. */
  private static final class Squeezed {
    private final String text;
    private final int[] places;

    Squeezed(String whole) {
      StringBuilder squeezed = new StringBuilder(whole.length());
      places = new int[whole.length()];
      for (int i = 0; i < whole.length(); ) {
        int after = afterBreak(whole, i);
        if (after > i) {
          i = after;
        } else {
          places[squeezed.length()] = i;
          squeezed.append(whole.charAt(i++));
        }
      }
      text = squeezed.toString();
    }

    /** A line end, also in the forms that {@link Printable} and our messages give it. */
    private static int afterBreak(String text, int start) {
      int at = start;
      for (String end : new String[] {"\\\n", "\r\n", "\n", "\r", "\\r\\n", "\\n", "; "}) {
        if (text.startsWith(end, at)) {
          at += end.length();
          while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
          }
          return at;
        }
      }
      return start;
    }
  }
}
