package org.quattor.ncm.xen.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.primitives.Longs;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A MAC address, whichever way it is spelled.
 *
 * @param bits its six bytes, the first one highest
 */
public record MacAddress(long bits) {

  /** Of the usual spelling, in characters. */
  private static final int LENGTH = 17;

  private static final Pattern PAIRS = Pattern.compile("(?:[0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}");
  private static final Pattern RUN =
      Pattern.compile("[0-9a-f]{12}|(?:[0-9a-f]{4}\\.){2}[0-9a-f]{4}");

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
  private static final long MULTICAST = 1L << 40;

  /** Checks that it has six bytes. */
  public MacAddress {
    checkArgument(bits >>> 48 == 0, "a MAC address of more than six bytes");
  }

  /**
   * Reads the spellings that people use: bytes with colons or dashes, where a zero may be left out;
   * three groups with points; twelve digits. Empty for any other text.
   */
  public static Optional<MacAddress> parse(String text) {
    OptionalLong usual = usual(text);
    if (usual.isPresent()) {
      return Optional.of(new MacAddress(usual.getAsLong()));
    }
    String lower = text.toLowerCase(Locale.ROOT);
    String digits =
        PAIRS.matcher(lower).matches()
            ? Splitter.onPattern("[:-]")
                .splitToStream(lower)
                .map(pair -> Strings.padStart(pair, 2, '0'))
                .collect(Collectors.joining())
            : RUN.matcher(lower).matches() ? lower.replace(".", "") : "";
    return digits.isEmpty()
        ? Optional.empty()
        : Optional.of(new MacAddress(Long.parseLong(digits, 16)));
  }

  /** Most are six pairs with colons, and a host has many: without patterns this costs little. */
  private static OptionalLong usual(String text) {
    long bits = 0;
    boolean usual = text.length() == LENGTH;
    for (int i = 0; usual && i < LENGTH; i++) {
      char c = text.charAt(i);
      if (i % 3 == 2) {
        usual = c == ':';
      } else {
        usual = HexFormat.isHexDigit(c);
        bits = (bits << 4) | (usual ? HexFormat.fromHexDigit(c) : 0);
      }
    }
    return usual ? OptionalLong.of(bits) : OptionalLong.empty();
  }

  /** Returns whether it stands for a group of receivers, which no interface has as its own. */
  public boolean isMulticast() {
    return (bits & MULTICAST) != 0;
  }

  /** Returns the bytes in lower case with colons. */
  @Override
  public String toString() {
    return COLONS.formatHex(Longs.toByteArray(bits), 2, 8);
  }
}
