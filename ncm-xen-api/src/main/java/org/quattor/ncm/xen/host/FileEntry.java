package org.quattor.ncm.xen.host;

/**
 * What lies at a path; links are not followed.
 *
 * @param kind what it is
 * @param mode the permission bits, such as {@code 0600}; 0 when missing
 * @param sizeBytes the size of a regular file or of a block device; 0 otherwise
 * @param linkTarget the text of a symbolic link; empty otherwise
 */
public record FileEntry(Kind kind, int mode, long sizeBytes, String linkTarget) {

  /** Nothing lies there. */
  public static final FileEntry MISSING = new FileEntry(Kind.MISSING, 0, 0, "");

  /** What can lie at a path. */
  public enum Kind {
    /** Nothing. */
    MISSING("nothing"),
    /** A regular file. */
    FILE("a file"),
    /** A directory. */
    DIRECTORY("a directory"),
    /** A symbolic link. */
    LINK("a symbolic link"),
    /** A block device. */
    BLOCK_DEVICE("a block device"),
    /** A socket, a pipe, a character device. */
    OTHER("a special file");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Returns the words for messages. */
    public String text() {
      return text;
    }
  }

  /** Returns whether something lies there. */
  public boolean exists() {
    return kind != Kind.MISSING;
  }
}
