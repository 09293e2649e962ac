package org.quattor.ncm.xen.translate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A limit of {@code xl-network-configuration(5)}: bytes or bits per second, and an interval. */
final class VifRate {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,10})([GMK]?)([Bb])/s(?:@([0-9]{1,10})(s|ms|us))?");

  private static final long MAX_COUNT = 0xffffffffL;

  private VifRate() {}

  /**
   * Returns whether xl takes the text and something is left of it: the bytes of one interval are
   * what the guest gets, and a rate that comes to less than one byte is dropped in silence.
   */
  static boolean isUsable(String text) {
    Matcher rate = FORM.matcher(text);
    if (!rate.matches()) {
      return false;
    }
    long amount = Long.parseLong(rate.group(1));
    long interval = rate.group(4) == null ? 50 : Long.parseLong(rate.group(4));
    try {
      long perSecond = Math.multiplyExact(amount, unit(rate.group(2)));
      if (rate.group(3).equals("b")) {
        perSecond /= 8;
      }
      long micros = Math.multiplyExact(interval, micros(rate.group(5)));
      long perInterval = Math.multiplyExact(perSecond, micros) / 1_000_000;
      return amount <= MAX_COUNT && micros >= 1 && micros <= MAX_COUNT && perInterval >= 1;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static long unit(String letter) {
    return switch (letter) {
      case "G" -> 1_000_000_000L;
      case "M" -> 1_000_000L;
      case "K" -> 1_000L;
      default -> 1L;
    };
  }

  private static long micros(@Nullable String unit) {
    return "s".equals(unit) ? 1_000_000L : "us".equals(unit) ? 1L : 1_000L;
  }
}
