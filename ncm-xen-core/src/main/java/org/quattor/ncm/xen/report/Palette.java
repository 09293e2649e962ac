package org.quattor.ncm.xen.report;

import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Severity;

/** How a plan is coloured: not at all, or with the escape sequences of ECMA-48. */
public enum Palette {
  /** For files, pipes and readers who want none. */
  PLAIN,
  /** For terminals. */
  ANSI;

  private static final String RESET = "\u001b[0m";

  /** Returns the text, emphasised. */
  String bold(String text) {
    return wrap("\u001b[1m", text);
  }

  /** Returns the text in the colour of the effect. */
  String effect(Effect effect, String text) {
    return wrap(
        switch (effect) {
          case CREATE -> "\u001b[32m";
          case CHANGE -> "\u001b[33m";
          case REMOVE, STOP -> "\u001b[31m";
          case START -> "\u001b[36m";
        },
        text);
  }

  /** Returns the text in the colour of the severity. */
  String severity(Severity severity, String text) {
    return wrap(
        switch (severity) {
          case ERROR -> "\u001b[31m";
          case WARNING -> "\u001b[33m";
          case NOTE -> "\u001b[1m";
        },
        text);
  }

  private String wrap(String start, String text) {
    return this == PLAIN ? text : start + text + RESET;
  }
}
