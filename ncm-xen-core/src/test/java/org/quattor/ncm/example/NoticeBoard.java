package org.quattor.ncm.example;

/** The host operations of {@link MessageOfTheDay}: a runner offers its own, as it does for Xen. */
interface NoticeBoard {

  /** Returns what stands there; empty when nothing does. */
  String read();

  /** Puts a text there; an empty one takes away what is there. */
  void write(String text);
}
