package org.quattor.ncm.xen.host;

import java.nio.charset.StandardCharsets;

/** What a new disk can be formatted as, with the system's own programs. */
public enum FilesystemType {
  /** {@code mkfs.ext4(8)}; its label has up to 16 bytes. */
  EXT4("ext4", "mkfs.ext4", 16),
  /** {@code mkfs.xfs(8)}; its label has up to 12 bytes. */
  XFS("xfs", "mkfs.xfs", 12),
  /** {@code mkswap(8)}; its label has up to 15 bytes, a longer one would be cut. */
  SWAP("swap", "mkswap", 15);

  private final String text;
  private final String program;
  private final int labelBytes;

  FilesystemType(String text, String program, int labelBytes) {
    this.text = text;
    this.program = program;
    this.labelBytes = labelBytes;
  }

  /** Returns the word of profiles and of {@code blkid(8)}. */
  public String text() {
    return text;
  }

  /** Returns the name of the program that makes one. */
  public String program() {
    return program;
  }

  /** Returns whether a label is short enough. */
  public boolean takes(String label) {
    return label.getBytes(StandardCharsets.UTF_8).length <= labelBytes;
  }

  /** Returns how long a label may be. */
  public int labelBytes() {
    return labelBytes;
  }
}
