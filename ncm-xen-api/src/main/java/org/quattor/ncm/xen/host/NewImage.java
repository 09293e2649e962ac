package org.quattor.ncm.xen.host;

import org.jspecify.annotations.Nullable;

/**
 * An image that is to be made.
 *
 * @param format its format
 * @param sizeBytes the size of the disk that the guest sees; positive
 * @param allocation how its space is taken
 * @param filesystem what is made in it; null for nothing, and for every format but raw
 */
public record NewImage(
    ImageFormat format, long sizeBytes, Allocation allocation, @Nullable NewFilesystem filesystem) {

  /** Checks that a program for file systems could work in it. */
  public NewImage {
    if (filesystem != null && format != ImageFormat.RAW) {
      throw new IllegalArgumentException("a file system can be made in a raw image only");
    }
  }

  /** Describes one without a file system. */
  public static NewImage blank(ImageFormat format, long sizeBytes, Allocation allocation) {
    return new NewImage(format, sizeBytes, allocation, null);
  }
}
