package org.quattor.ncm.component;

/** What it takes until an action reaches a service that is already running. */
public enum Impact {
  /** Nothing that runs is concerned. */
  NONE("none"),
  /** The running service takes the change at once and goes on. */
  LIVE("live"),
  /** The running service takes the change when it next reboots by itself. */
  NEXT_REBOOT("next reboot"),
  /** The running service takes the change only when it is stopped and started. */
  RESTART("restart");

  private final String text;

  Impact(String text) {
    this.text = text;
  }

  /** Returns the words for people, such as {@code next reboot}. */
  public String text() {
    return text;
  }
}
