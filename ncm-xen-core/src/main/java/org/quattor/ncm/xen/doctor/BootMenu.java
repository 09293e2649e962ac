package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.quattor.ncm.xen.files.TextFile;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;

/**
 * What the menu of GRUB 2 offers.
 *
 * @param file the file that was read
 * @param xen the entries that boot Xen, in their order
 * @param standard what is booted by default: an index, id or title; empty when it is unknown
 */
record BootMenu(String file, ImmutableList<BootEntry> xen, String standard) {

  /** Reads the menu of the host; empty when there is none where we look. */
  static Optional<BootMenu> read(HostFiles files) throws HostFailure {
    Optional<TextFile> menu = TextFile.first(files, "/boot/grub2/grub.cfg", "/boot/grub/grub.cfg");
    Optional<TextFile> environment =
        TextFile.first(files, "/boot/grub2/grubenv", "/boot/grub/grubenv");
    return menu.map(file -> Grub2Menu.parse(file, environment));
  }

  /** Returns the entry that boots by default, if it boots Xen. */
  Optional<BootEntry> standardXen() {
    return xen.stream().filter(this::isStandard).findFirst();
  }

  private boolean isStandard(BootEntry entry) {
    if (standard.isEmpty()) {
      return false;
    }
    // A submenu that is chosen boots its first entry.
    return entry.index().equals(standard)
        || entry.index().equals(standard + ">0")
        || entry.title().equals(standard)
        || entry.key().equals(standard)
        || entry.title().equals(standard.substring(standard.lastIndexOf('>') + 1))
        || (!entry.key().isEmpty()
            && entry.key().equals(standard.substring(standard.lastIndexOf('>') + 1)));
  }
}
