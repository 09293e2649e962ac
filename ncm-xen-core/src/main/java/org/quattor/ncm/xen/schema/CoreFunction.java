package org.quattor.ncm.xen.schema;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The validation functions of Quattor's template library that declarations may call.
 *
 * <p>They look at the whole text: the library's own patterns end in {@code $} and so let a line
 * break through at the end of an address, which would become a line of a guest file here.
 */
enum CoreFunction {
  IS_HWADDR("a MAC address: six bytes of two hexadecimal digits, with : or - between them") {
    @Override
    boolean test(String text) {
      return HWADDR.matcher(text).matches();
    }
  },
  IS_IPV4("an IPv4 address") {
    @Override
    boolean test(String text) {
      List<String> groups = Splitter.on('.').splitToList(text);
      return groups.size() == 4 && groups.stream().allMatch(CoreFunction::isByte);
    }
  },
  IS_IPV6("an IPv6 address") {
    @Override
    boolean test(String text) {
      return isIpv6(text);
    }
  },
  IS_IP("an IPv4 or IPv6 address") {
    @Override
    boolean test(String text) {
      return IS_IPV4.test(text) || isIpv6(text);
    }
  },
  IS_SHORTHOSTNAME("a host name without domain") {
    @Override
    boolean test(String text) {
      return LABEL.matcher(text).matches();
    }
  },
  IS_FQDN("a host name with its domain") {
    @Override
    boolean test(String text) {
      return text.indexOf('.') > 0 && isHostName(text);
    }
  },
  IS_HOSTNAME("a host name") {
    @Override
    boolean test(String text) {
      return isHostName(text);
    }
  },
  IS_ABSOLUTEURI("an absolute URI, such as https://example.org/path") {
    @Override
    boolean test(String text) {
      try {
        return new URI(text).isAbsolute();
      } catch (URISyntaxException e) {
        return false;
      }
    }
  },
  /** Of a list: every name in it has to be a component of the profile. */
  IS_COMPONENT_LIST("components that are under /software/components of this profile") {
    @Override
    boolean test(String text) {
      throw new IllegalStateException("not a check of one text");
    }
  };

  private static final Pattern HWADDR =
      Pattern.compile("[0-9a-fA-F]{2}([:-])[0-9a-fA-F]{2}(?:\\1[0-9a-fA-F]{2}){4}");
  private static final Pattern LABEL =
      Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern OCTAL = Pattern.compile("0[0-7]{1,15}");
  private static final Pattern HEX_GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

  private final String expected;

  CoreFunction(String expected) {
    this.expected = expected;
  }

  /** Returns the function that Pan text calls by a name. */
  static Optional<CoreFunction> named(String name) {
    for (CoreFunction function : values()) {
      if (function.panName().equals(name)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /** Returns the name in Pan. */
  String panName() {
    return this == IS_ABSOLUTEURI ? "is_absoluteURI" : Ascii.toLowerCase(name());
  }

  /** Returns what it asks for, as a noun clause. */
  String expected() {
    return expected;
  }

  /** Returns whether the whole text is what it asks for. */
  abstract boolean test(String text);

  /** Pan converts the groups with {@code to_long}, which reads a leading zero as octal. */
  private static boolean isByte(String group) {
    if (DECIMAL.matcher(group).matches()) {
      return Integer.parseInt(group) < 256;
    }
    return OCTAL.matcher(group).matches() && Long.parseLong(group, 8) < 256;
  }

  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == 8;
    }
    int before = groups(text.substring(0, gap));
    int after = groups(text.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after >= 1 && before + after <= 7;
  }

  /** Returns how many groups there are, or a large negative number when one is none. */
  private static int groups(String text) {
    List<String> groups = text.isEmpty() ? ImmutableList.of() : Splitter.on(':').splitToList(text);
    boolean good = groups.stream().allMatch(group -> HEX_GROUP.matcher(group).matches());
    return good ? groups.size() : Integer.MIN_VALUE / 2;
  }

  private static boolean isHostName(String text) {
    return text.length() < 254
        && Splitter.on('.').splitToList(text).stream()
            .allMatch(label -> LABEL.matcher(label).matches());
  }
}
