package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.quattor.ncm.xen.files.TextFile;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;

/**
 * What a boot loader would offer.
 *
 * @param file the file that was read
 * @param kind the boot loader
 * @param xen the entries that boot Xen, in their order
 * @param standard what is booted when nobody chooses: an index, id or title; empty when it cannot
 *     be told
 */
record BootMenu(String file, Kind kind, ImmutableList<BootEntry> xen, String standard) {

  /** The boot loaders that we can read. */
  enum Kind {
    /** GRUB 0.9x: the file is written by hand or by ncm-grub. */
    GRUB_LEGACY,
    /** GRUB 2: the file is generated from {@code /etc/default/grub}. */
    GRUB_2
  }

  /** Reads the menu of the host; empty when there is none where we look. */
  static Optional<BootMenu> read(HostFiles files) throws HostFailure {
    Optional<TextFile> grub2 = TextFile.first(files, "/boot/grub2/grub.cfg", "/boot/grub/grub.cfg");
    if (grub2.isPresent()) {
      Optional<TextFile> environment =
          TextFile.first(files, "/boot/grub2/grubenv", "/boot/grub/grubenv");
      return Optional.of(Grub2Menu.parse(grub2.get(), environment));
    }
    return TextFile.first(files, "/boot/grub/grub.conf", "/boot/grub/menu.lst")
        .map(GrubLegacyMenu::parse);
  }

  /** Returns the entry that boots when nobody chooses, if it boots Xen. */
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
