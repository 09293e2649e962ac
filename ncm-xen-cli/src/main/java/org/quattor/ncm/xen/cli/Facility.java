package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The facilities of {@code syslog(3)}, and how the name of one is read from an option. */
final class Facility implements ITypeConverter<String> {

  private static final ImmutableMap<String, Integer> NUMBERS =
      ImmutableMap.<String, Integer>builder()
          .put("user", 1)
          .put("daemon", 3)
          .put("auth", 4)
          .put("authpriv", 10)
          .put("local0", 16)
          .put("local1", 17)
          .put("local2", 18)
          .put("local3", 19)
          .put("local4", 20)
          .put("local5", 21)
          .put("local6", 22)
          .put("local7", 23)
          .buildOrThrow();

  /** Returns the number of a facility; 0 when there is none of that name. */
  static int number(String name) {
    return NUMBERS.getOrDefault(name, 0);
  }

  @Override
  public String convert(String text) {
    if (!NUMBERS.containsKey(text)) {
      throw new TypeConversionException(
          "--facility takes one of "
              + String.join(", ", NUMBERS.keySet())
              + ", not '"
              + text
              + "'");
    }
    return text;
  }
}
