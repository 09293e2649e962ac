package org.quattor.ncm.xen.doctor;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as the hypervisor reads them in {@code dom0_mem=} (xen-command-line(7)). */
final class MemorySize {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([bBkKmMgGtT]?)");
  private static final Pattern PART = Pattern.compile("(min:|max:)?-?[0-9]{1,9}[bBkKmMgGtT%]?");

  private MemorySize() {}

  /** Returns KiB, which is also what a number without a unit means; empty for anything else. */
  static OptionalLong kib(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(size.group(1));
    return OptionalLong.of(
        switch (Ascii.toLowerCase(size.group(2))) {
          case "b" -> number >> 10;
          case "m" -> number << 10;
          case "g" -> number << 20;
          case "t" -> number << 30;
          default -> number;
        });
  }

  /**
   * Returns the amount that {@code dom0_mem} fixes, from a value such as {@code 512M,max:1G}; empty
   * when it has bounds only, or is no such value.
   */
  static OptionalLong fixedKib(String value) {
    List<String> parts = Splitter.on(',').splitToList(value);
    if (!parts.stream().allMatch(part -> PART.matcher(part).matches())) {
      return OptionalLong.empty();
    }
    for (String part : parts) {
      OptionalLong kib = kib(part);
      if (kib.isPresent()) {
        return kib;
      }
    }
    return OptionalLong.empty();
  }

  /** Returns a size for people. */
  static String text(long kib) {
    return kib % 1024 == 0 ? (kib >> 10) + " MiB" : kib + " KiB";
  }
}
