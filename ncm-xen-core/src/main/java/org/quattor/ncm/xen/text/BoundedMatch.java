package org.quattor.ncm.xen.text;

import java.util.regex.Pattern;

/**
 * What comes of looking for a pattern that somebody else has written. {@link java.util.regex} tries
 * the ways to match one after the other: with {@code .*.*.*.*.*x} a text of a thousand characters
 * takes it years, and with {@code (a|b)*} one of some kilobytes takes the stack.
 */
public enum BoundedMatch {
  /** The pattern is in the text. */
  FOUND,
  /** The pattern is not in the text. */
  ABSENT,
  /** Neither was known when the bound was reached. */
  UNDECIDED;

  /** A tenth of a second or so; a good pattern looks a few times at each character. */
  public static final int MAX_LOOKS = 10_000_000;

  /** Looks for the pattern anywhere in the text, and ends after {@link #MAX_LOOKS} characters. */
  public static BoundedMatch find(Pattern pattern, String text) {
    try {
      return pattern.matcher(new Counted(text)).find() ? FOUND : ABSENT;
    } catch (TooManyLooks | StackOverflowError e) {
      return UNDECIDED;
    }
  }

  private static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyLooks() {
      super("too many looks", null, false, false);
    }
  }

  /** The only thing that a matcher calls again and again is {@link #charAt}. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++looks > MAX_LOOKS) {
        throw new TooManyLooks();
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
