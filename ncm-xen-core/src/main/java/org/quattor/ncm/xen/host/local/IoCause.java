package org.quattor.ncm.xen.host.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.quattor.ncm.xen.host.HostFailure;

/** Turns what Java throws for a file into a sentence: most of its exceptions only say the path. */
public final class IoCause {

  private IoCause() {}

  /**
   * Returns a failure such as {@code cannot write /etc/xen/vm1: permission denied}.
   *
   * @param task what was not possible, such as {@code write /etc/xen/vm1}
   */
  public static HostFailure failure(String task, IOException cause) {
    return new HostFailure("cannot " + task + ": " + clause(cause), cause);
  }

  /** Returns the cause as a clause without a path. */
  public static String clause(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (cause instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (cause instanceof DirectoryNotEmptyException) {
      return "the directory is not empty";
    }
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
