package org.quattor.ncm.component;

import java.util.Optional;

/** A compiled profile, read once and immutable. */
public interface Profile {

  /**
   * Returns the element at an absolute Pan path, such as {@code /software/components/xen}; empty
   * when there is none. Keys are compared as they stand in the profile: nothing is unescaped.
   */
  Optional<Element> find(String path);

  /** Returns where the profile came from, for messages: a file name, {@code standard input}, … */
  String source();
}
