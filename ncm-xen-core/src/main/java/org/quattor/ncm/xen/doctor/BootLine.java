package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * A line of a boot loader's file that loads something.
 *
 * @param number its number in the file, from 1
 * @param path what it loads, as the boot loader sees it
 * @param arguments what it hands to it
 */
record BootLine(int number, String path, ImmutableList<String> arguments) {

  /** Returns the value of the last {@code name=value}, which is the one that counts. */
  Optional<String> argument(String name) {
    return arguments.reverse().stream()
        .filter(argument -> argument.startsWith(name + "="))
        .map(argument -> argument.substring(name.length() + 1))
        .findFirst();
  }
}
