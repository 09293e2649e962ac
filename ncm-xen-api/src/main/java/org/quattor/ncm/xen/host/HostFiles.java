package org.quattor.ncm.xen.host;

import java.util.SortedMap;

/**
 * Small files and links. The last step of a path is never followed when it is a symbolic link.
 *
 * <p>Every change is complete or not at all: content goes to a temporary file in the same folder,
 * is synced to disk, and is renamed to its place; the folder is synced after it. Temporary names
 * begin with {@code .} and end with {@value #TEMPORARY_SUFFIX}; they tell the host and the process
 * that made them, and no two files ever have the same.
 */
public interface HostFiles {

  /** How the names of temporary files end. */
  String TEMPORARY_SUFFIX = ".ncm-xen.tmp";

  /** Returns what lies at the path. */
  FileEntry look(String path) throws HostFailure;

  /** Returns the entries of a folder by name, without temporary files; empty when it is missing. */
  SortedMap<String, FileEntry> list(String folder) throws HostFailure;

  /**
   * Returns the temporary files and links in a folder whose maker has ended, by name; empty when
   * the folder is missing.
   */
  SortedMap<String, FileEntry> leftovers(String folder) throws HostFailure;

  /**
   * Returns the temporary files and links in a folder whose maker may still be at work, on another
   * host or in another container of this one, by name; empty when the folder is missing. Those of a
   * process that is known to run are not among them.
   */
  SortedMap<String, FileEntry> doubtfulLeftovers(String folder) throws HostFailure;

  /**
   * Returns the content of a regular file.
   *
   * @param maxBytes fails when the file is larger
   */
  byte[] read(String path, int maxBytes) throws HostFailure;

  /**
   * Replaces the content of a regular file, or creates it. Fails when anything but a regular file
   * lies there, or when the folder is missing.
   *
   * @param mode the permission bits that the file has from its first moment on
   */
  void write(String path, byte[] content, int mode) throws HostFailure;

  /** Makes a symbolic link, replacing a symbolic link but nothing else. */
  void link(String path, String target) throws HostFailure;

  /** Removes a regular file or a symbolic link; nothing there is no failure. */
  void remove(String path) throws HostFailure;

  /** Makes a folder and its missing parents; one that is there keeps its mode. */
  void makeFolder(String path, int mode) throws HostFailure;
}
