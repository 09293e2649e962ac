package org.quattor.ncm.xen.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a whole number.
 *
 * @param option the option, for the message
 * @param what what is expected, for the message
 * @param min the smallest number that is taken
 * @param max the largest number that is taken
 */
record WholeNumber(String option, String what, int min, int max)
    implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    // Nine digits fit into an int.
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw new TypeConversionException(
          option + " expects " + what + " from " + min + " to " + max + ", not \"" + text + "\"");
    }
    return number;
  }
}
