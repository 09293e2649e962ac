package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a value that is one of a few words.
 *
 * @param name the option or the argument, for the message
 * @param values what each word stands for
 */
record Choice<T>(String name, ImmutableMap<String, T> values) implements ITypeConverter<T> {

  /** Returns the words in their order. */
  ImmutableList<String> words() {
    return values.keySet().asList();
  }

  @Override
  public T convert(String text) {
    T value = values.get(text);
    if (value == null) {
      ImmutableList<String> words = words();
      int last = words.size() - 1;
      throw new TypeConversionException(
          name
              + " expects "
              + String.join(", ", words.subList(0, last))
              + " or "
              + words.get(last)
              + ", not \""
              + text
              + "\"");
    }
    return value;
  }
}
