package org.quattor.ncm.xen.host;

/**
 * A file system (or swap area) that is to be made.
 *
 * @param type what it is
 * @param label its label; empty for none, never longer than the type takes
 */
public record NewFilesystem(FilesystemType type, String label) {

  /** Checks the length of the label. */
  public NewFilesystem {
    if (!type.takes(label)) {
      throw new IllegalArgumentException(
          "a label of " + type.text() + " has at most " + type.labelBytes() + " bytes: " + label);
    }
  }

  /** Returns words such as {@code ext4 file system labelled root}. */
  public String text() {
    String words = type == FilesystemType.SWAP ? "swap area" : type.text() + " file system";
    return label.isEmpty() ? words : words + " labelled " + label;
  }
}
