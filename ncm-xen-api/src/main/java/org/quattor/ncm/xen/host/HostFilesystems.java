package org.quattor.ncm.xen.host;

import java.util.List;

/** File systems: what is on a device or in an image of one, how much room there is, new ones. */
public interface HostFilesystems {

  /**
   * Returns the file system of the folder, or of its nearest parent that is there, and its room.
   * Costs no command.
   */
  FilesystemSpace space(String folder) throws HostFailure;

  /**
   * Returns what a block device holds that has a name, one clause each: signatures, partitions;
   * empty when it holds nothing of that kind.
   */
  List<String> contents(String device) throws HostFailure;

  /**
   * Returns whether a block device holds zeros at both ends and in samples between: an archive, a
   * boot loader and an encrypted disk have no signature. Costs no command.
   */
  boolean isBlank(String device) throws HostFailure;

  /**
   * Returns whether the first 4 KiB of a block device are zeros, as {@code lvcreate(8)} leaves
   * them. Costs no command.
   */
  boolean beginsBlank(String device) throws HostFailure;

  /**
   * Makes a file system on a block device. One of that type that is complete already is left as it
   * is, since a run that was interrupted has made it; MUST fail when the device holds anything
   * else, or when somebody in dom0 uses it. When the process dies in it, the device holds nothing
   * that another call would take for complete.
   */
  void make(String device, NewFilesystem filesystem) throws HostFailure;

  /** Returns whether the program for the type is installed. Costs no command. */
  boolean canMake(FilesystemType type);

  /**
   * Returns the names of the files in an initial RAM disk, as the system's own program lists them;
   * one external command. Fails when there is no such program.
   *
   * @param initrd absolute path
   */
  List<String> initrdFiles(String initrd) throws HostFailure;
}
