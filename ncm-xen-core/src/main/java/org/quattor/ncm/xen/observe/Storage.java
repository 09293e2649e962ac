package org.quattor.ncm.xen.observe;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FilesystemSpace;
import org.quattor.ncm.xen.host.FilesystemType;

/**
 * What a host has to back disks with, LVM's own lists apart.
 *
 * @param backings where disks are backed, by path
 * @param groupDevices the devices for missing volume groups, by path
 * @param space the room for images, by folder
 * @param qcow2 whether qcow2 images can be made
 * @param filesystems the types of file systems that can be made
 * @param markedImages paths of the images that ncm-xen made in the folders of declared ones
 * @param leftovers temporary files of interrupted runs, by path
 * @param doubtfulLeftovers paths of temporary files that another host may still be writing
 * @param domainDisks the disks of all domains
 */
public record Storage(
    ImmutableSortedMap<String, Observed<Backing>> backings,
    ImmutableSortedMap<String, Observed<GroupDevice>> groupDevices,
    ImmutableSortedMap<String, Observed<FilesystemSpace>> space,
    boolean qcow2,
    ImmutableSet<FilesystemType> filesystems,
    ImmutableSortedSet<String> markedImages,
    ImmutableSortedMap<String, FileEntry> leftovers,
    ImmutableSortedSet<String> doubtfulLeftovers,
    DomainDisks domainDisks) {

  /** Returns what backs a disk. */
  public Observed<Backing> backing(String path) {
    return Observed.at(backings, path);
  }

  /** Returns a device for a missing volume group. */
  public Observed<GroupDevice> groupDevice(String path) {
    return Observed.at(groupDevices, path);
  }

  /** Returns the room for images in a folder. */
  public Observed<FilesystemSpace> space(String folder) {
    return Observed.at(space, folder);
  }

  /** Returns the same without the room, which changes by itself. */
  Storage withoutSpace() {
    return new Storage(
        backings,
        groupDevices,
        ImmutableSortedMap.of(),
        qcow2,
        filesystems,
        markedImages,
        leftovers,
        doubtfulLeftovers,
        domainDisks);
  }
}
