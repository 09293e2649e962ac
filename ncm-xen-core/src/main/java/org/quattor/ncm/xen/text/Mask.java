package org.quattor.ncm.xen.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.html.HtmlEscapers;
import com.google.common.io.BaseEncoding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  private static final ImmutableList<String> CUTS = ImmutableList.of("…", "\"…", "...", "\"...");

  /** What secrets may look like, sorted, as {@link PlainText} reads them. */
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
            .map(form -> PlainText.of(form).text())
            .filter(form -> form.length() >= SHORTEST)
            .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    forms.forEach(form -> starts.add(form.substring(0, SHORTEST)));
  }

  /** As it is, and as shells, Python, XML and URLs write it; a reader undoes other escapes. */
  private static List<String> formsOf(String secret) {
    String escaped = secret.replace("\\", "\\\\");
    String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    List<String> forms =
        new ArrayList<>(
            List.of(
                secret,
                Printable.line(secret),
                escaped,
                escaped.replace("\"", "\\\""),
                escaped.replace("'", "\\'"),
                secret.replace("'", "'\\''"),
                secret.replace("'", "'\"'\"'"),
                HtmlEscapers.htmlEscaper().escape(secret),
                encoded,
                encoded.replace("+", "%20")));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= SHORTEST) {
      forms.add(BaseEncoding.base16().encode(bytes));
      forms.add(BaseEncoding.base16().lowerCase().encode(bytes));
      for (int before = 0; before < 3; before++) {
        forms.add(base64(bytes, before));
      }
    }
    return forms;
  }

  /**
   * Returns the digits that a secret alone decides on, with some bytes before it in the text that
   * is encoded, such as those of a user's name.
   */
  private static String base64(byte[] secret, int before) {
    byte[] whole = new byte[before + secret.length];
    System.arraycopy(secret, 0, whole, before, secret.length);
    String digits = BaseEncoding.base64().omitPadding().encode(whole);
    int last = whole.length % 3 == 0 || before == 0 ? digits.length() : digits.length() - 1;
    String decided = digits.substring(before == 0 ? 0 : before + 1, last);
    return decided.length() < 2 * SHORTEST ? "" : decided;
  }

  /** Returns the text with {@link Secrets#MASK} in the place of each secret. */
  public String masked(String text) {
    String hidden = forms.isEmpty() ? text : withoutDeclared(text);
    String named = NAMED.matcher(hidden).replaceAll("$1" + Secrets.MASK);
    return named.contains("://") ? ACCESS.matcher(named).replaceAll(Secrets.MASK + "@") : named;
  }

  private String withoutDeclared(String text) {
    PlainText read = PlainText.of(text);
    String plain = read.text();
    BitSet secret = new BitSet();
    for (int i = 0; i + SHORTEST <= plain.length(); i++) {
      int length = starts.contains(plain.substring(i, i + SHORTEST)) ? secretAt(read, i) : 0;
      if (length > 0) {
        secret.set(read.start(i), read.end(i + length - 1));
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
  private int secretAt(PlainText read, int start) {
    String text = read.text();
    List<String> sorted = forms.asList();
    int from = 0;
    int to = sorted.size();
    int longest = 0;
    for (int length = 1; from < to && start + length <= text.length(); length++) {
      char last = text.charAt(start + length - 1);
      from = firstNotBefore(sorted, from, to, length - 1, last);
      to = firstNotBefore(sorted, from, to, length - 1, last + 1);
      boolean shortened =
          from < to
              && length >= SHORTEST
              && isCut(read, start + length, 2 * length >= sorted.get(from).length());
      if (from < to && (shortened || sorted.get(from).length() == length)) {
        longest = length;
      }
    }
    return longest;
  }

  /** Some tools end a line where their buffer ends; but lines end with other words too. */
  private static boolean isCut(PlainText read, int end, boolean half) {
    return (half && read.endsLine(end - 1))
        || CUTS.stream().anyMatch(cut -> read.text().startsWith(cut, end));
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
}
