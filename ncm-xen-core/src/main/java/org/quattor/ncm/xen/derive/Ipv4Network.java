package org.quattor.ncm.xen.derive;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A network of IPv4.
 *
 * @param address of the network, as a number
 * @param length of the prefix, 0 to 32
 */
record Ipv4Network(long address, int length) {

  private static final long ALL = 0xFFFF_FFFFL;

  /** Returns the network of an address; empty for what is no IPv4, and for an odd mask. */
  static Optional<Ipv4Network> of(String address, String mask) {
    OptionalLong ip = number(address);
    OptionalLong bits = number(mask);
    if (ip.isEmpty() || bits.isEmpty()) {
      return Optional.empty();
    }
    int length = Long.bitCount(bits.getAsLong());
    return bits.getAsLong() == mask(length)
        ? Optional.of(new Ipv4Network(ip.getAsLong() & mask(length), length))
        : Optional.empty();
  }

  boolean contains(String address) {
    OptionalLong ip = number(address);
    return ip.isPresent() && (ip.getAsLong() & mask(length)) == this.address;
  }

  private static long mask(int length) {
    return ALL << (32 - length) & ALL;
  }

  private static OptionalLong number(String text) {
    List<String> parts = Splitter.on('.').splitToList(text);
    if (parts.size() != 4) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (String part : parts) {
      if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
        return OptionalLong.empty();
      }
      number = number << 8 | Integer.parseInt(part);
    }
    return OptionalLong.of(number);
  }
}
