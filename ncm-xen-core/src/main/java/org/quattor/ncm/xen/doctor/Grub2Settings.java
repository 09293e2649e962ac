package org.quattor.ncm.xen.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.SortedMap;
import org.quattor.ncm.xen.files.TextFile;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.text.ShellQuoting;

/**
 * Where GRUB 2's menu comes from: {@code /etc/default/grub} and, on Debian and its kin, the files
 * in {@code /etc/default/grub.d} after it.
 *
 * @param files those that are there, in the order in which they are read
 * @param folder whether there is {@code /etc/default/grub.d}
 * @param debian whether the menu is made with {@code update-grub}
 */
record Grub2Settings(ImmutableList<TextFile> files, boolean folder, boolean debian) {

  static final String FILE = "/etc/default/grub";
  private static final String FOLDER = "/etc/default/grub.d";

  static Grub2Settings read(HostFiles files) throws HostFailure {
    ImmutableList.Builder<TextFile> found = ImmutableList.builder();
    TextFile.read(files, FILE).ifPresent(found::add);
    SortedMap<String, FileEntry> more = files.list(FOLDER);
    for (String name : more.keySet()) {
      if (name.endsWith(".cfg")) {
        TextFile.read(files, FOLDER + "/" + name).ifPresent(found::add);
      }
    }
    boolean debian =
        files.look("/usr/sbin/update-grub").exists() || files.look("/sbin/update-grub").exists();
    return new Grub2Settings(
        found.build(), files.look(FOLDER).kind() == FileEntry.Kind.DIRECTORY, debian);
  }

  /** Returns the last value of a variable; values that are built on others stand as they are. */
  Optional<String> value(String name) {
    return files.reverse().stream().flatMap(file -> file.assigned(name).stream()).findFirst();
  }

  /** Returns the command that makes the menu anew. */
  String makeMenu(String menu) {
    return debian ? "update-grub" : "grub2-mkconfig -o " + ShellQuoting.shown(menu);
  }

  /**
   * Returns the command that adds an argument to a variable and makes the menu anew. The last of
   * several arguments of a name is the one that counts, for Xen as for Linux.
   *
   * @param name of a file to keep it in, where there is a folder for that
   */
  String add(String variable, String argument, String name, String menu) {
    String line = ShellQuoting.shown(variable + "=\"$" + variable + " " + argument + "\"");
    String place = folder && debian ? FOLDER + "/" + name + ".cfg" : FILE;
    return "echo " + line + " >> " + place + " && " + makeMenu(menu);
  }
}
