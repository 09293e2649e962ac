package org.quattor.ncm.xen.host;

/** The program that manages domains, and with it the dialect of guest files. */
public enum Toolstack {
  /** Xen 4.2 and later; {@code xl(1)}. */
  XL("xl"),
  /** Xen up to 4.4, with the daemon xend; {@code xm(1)}. */
  XM("xm");

  private final String command;

  Toolstack(String command) {
    this.command = command;
  }

  /** Returns the name of the command. */
  public String command() {
    return command;
  }
}
