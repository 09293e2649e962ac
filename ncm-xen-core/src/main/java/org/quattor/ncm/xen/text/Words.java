package org.quattor.ncm.xen.text;

import com.google.common.base.Ascii;

/** The words of closed enumerations, the same in tables, lines and JSON documents. */
public final class Words {

  private Words() {}

  /** Returns the word for a constant: {@code not-run} for {@code NOT_RUN}. */
  public static String of(Enum<?> constant) {
    return Ascii.toLowerCase(constant.name()).replace('_', '-');
  }
}
