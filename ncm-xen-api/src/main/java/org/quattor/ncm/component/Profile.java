package org.quattor.ncm.component;

import java.util.Optional;

/** A compiled profile, read once and immutable. */
public interface Profile {

  /**
   * Returns the element at an absolute Pan path, such as {@code /software/components/xen}; empty
   * when there is none. Keys are compared as they stand in the profile: nothing is unescaped.
   */
  Optional<Element> find(String path);

  /**
   * Returns whether the types of the elements are those that the compiler gave them. False for a
   * source that does not tell a number from its digits, or a single item from a list of one; then
   * the component reads values as its schema declares them.
   */
  default boolean typed() {
    return true;
  }

  /** Returns where the profile came from, for messages: a file name, {@code standard input}, … */
  String source();
}
