package org.quattor.ncm.xen.host.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;

/** What every {@link HostFiles} keeps to. */
public abstract class HostFilesContract {

  private static final int MAX = 1000;

  /** Returns the operations on a new host. */
  protected abstract HostFiles files() throws HostFailure;

  /** Returns where a path of that host lies in this system, so that it can be tampered with. */
  protected abstract Path place(String path);

  @BeforeEach
  void makeTheFolder() throws HostFailure {
    files().makeFolder("/etc/xen/auto", 0755);
  }

  private void write(String path, String text) throws HostFailure {
    files().write(path, text.getBytes(UTF_8), 0600);
  }

  private String read(String path) throws HostFailure {
    return new String(files().read(path, MAX), UTF_8);
  }

  private static void fails(String message, ThrowingCallable task) {
    assertThatThrownBy(task).isInstanceOf(HostFailure.class).hasMessage(message);
  }

  @Test
  void nothingThereIsMissing() throws HostFailure {
    assertThat(files().look("/etc/xen/vm1")).isEqualTo(FileEntry.MISSING);
    assertThat(files().look("/nowhere/at/all")).isEqualTo(FileEntry.MISSING);
  }

  @Test
  void nothingLiesBelowAFile() throws HostFailure {
    write("/etc/xen/vm1", "x");
    assertThat(files().look("/etc/xen/vm1/below")).isEqualTo(FileEntry.MISSING);
  }

  @Test
  void aWrittenFileReadsBackWithItsMode() throws HostFailure {
    files().write("/etc/xen/vm1", "name = \"vm1\"\n".getBytes(UTF_8), 0640);
    assertThat(read("/etc/xen/vm1")).isEqualTo("name = \"vm1\"\n");
    assertThat(files().look("/etc/xen/vm1")).isEqualTo(new FileEntry(Kind.FILE, 0640, 13, ""));
  }

  @Test
  void writingReplacesContentAndMode() throws HostFailure {
    files().write("/etc/xen/vm1", "old".getBytes(UTF_8), 0644);
    files().write("/etc/xen/vm1", "new text".getBytes(UTF_8), 0600);
    assertThat(read("/etc/xen/vm1")).isEqualTo("new text");
    assertThat(files().look("/etc/xen/vm1").mode()).isEqualTo(0600);
  }

  @Test
  void nothingIsLeftBesideAWrittenFile() throws Exception {
    write("/etc/xen/vm1", "x");
    files().link("/etc/xen/link", "/etc/xen/vm1");
    try (var entries = Files.list(place("/etc/xen"))) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("auto", "vm1", "link");
    }
  }

  @Test
  void aLinkIsNotWrittenThrough() throws HostFailure {
    write("/etc/xen/target", "kept");
    files().link("/etc/xen/vm1", "target");
    fails(
        "cannot write /etc/xen/vm1: it is a symbolic link, which is left as it is",
        () -> write("/etc/xen/vm1", "new"));
    assertThat(read("/etc/xen/target")).isEqualTo("kept");
  }

  @Test
  void aFolderIsNotWrittenOver() {
    fails(
        "cannot write /etc/xen/auto: it is a directory, which is left as it is",
        () -> write("/etc/xen/auto", "x"));
  }

  @Test
  void aMissingFolderIsNotMadeForAFile() {
    fails(
        "cannot write /etc/nowhere/vm1: /etc/nowhere is missing",
        () -> write("/etc/nowhere/vm1", "x"));
  }

  @Test
  void theRestOfAnInterruptedRunIsInNobodysWayAndNeverListed() throws Exception {
    String rest = ".vm1" + HostFiles.TEMPORARY_SUFFIX;
    Files.writeString(place("/etc/xen/" + rest), "half");
    assertThat(files().list("/etc/xen")).containsOnlyKeys("auto");
    assertThat(files().leftovers("/etc/xen")).containsOnlyKeys(rest);
    write("/etc/xen/vm1", "whole");
    assertThat(read("/etc/xen/vm1")).isEqualTo("whole");
    assertThat(files().leftovers("/etc/xen")).containsOnlyKeys(rest);
  }

  @Test
  void whatMayBeTheWorkOfAnotherHostIsNoLeftover() throws Exception {
    String other = ".vm1.00000000-00000000-1-1-1-00000000" + HostFiles.TEMPORARY_SUFFIX;
    Files.writeString(place("/etc/xen/" + other), "half");
    assertThat(files().leftovers("/etc/xen")).isEmpty();
    assertThat(files().doubtfulLeftovers("/etc/xen")).containsOnlyKeys(other);
    assertThat(files().list("/etc/xen")).containsOnlyKeys("auto");
  }

  @Test
  void theRestOfAnInterruptedRunIsListedAloneAndCanBeRemoved() throws Exception {
    String rest = ".vm1" + HostFiles.TEMPORARY_SUFFIX;
    write("/etc/xen/vm1", "whole");
    write("/etc/xen/.hidden", "x");
    Files.createSymbolicLink(place("/etc/xen/" + rest), Path.of("/etc/xen/vm1"));
    Files.createDirectory(place("/etc/xen/.folder" + HostFiles.TEMPORARY_SUFFIX));
    assertThat(files().leftovers("/etc/xen")).containsOnlyKeys(rest);
    files().remove("/etc/xen/" + rest);
    assertThat(files().leftovers("/etc/xen")).isEmpty();
    assertThat(read("/etc/xen/vm1")).isEqualTo("whole");
    assertThat(files().leftovers("/etc/nowhere")).isEmpty();
  }

  @Test
  void aLinkShowsItsTextAndIsNotFollowed() throws HostFailure {
    files().link("/etc/xen/auto/vm1", "/etc/xen/vm1");
    FileEntry entry = files().look("/etc/xen/auto/vm1");
    assertThat(entry.kind()).isEqualTo(Kind.LINK);
    assertThat(entry.linkTarget()).isEqualTo("/etc/xen/vm1");
    fails(
        "cannot read /etc/xen/auto/vm1: it is a symbolic link, not a file",
        () -> read("/etc/xen/auto/vm1"));
  }

  @Test
  void aLinkReplacesALinkOnly() throws HostFailure {
    files().link("/etc/xen/auto/vm1", "/old");
    files().link("/etc/xen/auto/vm1", "/new");
    assertThat(files().look("/etc/xen/auto/vm1").linkTarget()).isEqualTo("/new");
    write("/etc/xen/auto/vm2", "x");
    fails(
        "cannot create link /etc/xen/auto/vm2: it is a file, which is left as it is",
        () -> files().link("/etc/xen/auto/vm2", "/new"));
  }

  @Test
  void filesAndLinksAreRemovedAndFoldersAreNot() throws HostFailure {
    write("/etc/xen/vm1", "x");
    files().link("/etc/xen/auto/vm1", "/etc/xen/vm1");
    files().remove("/etc/xen/auto/vm1");
    assertThat(files().look("/etc/xen/vm1").exists()).isTrue();
    files().remove("/etc/xen/vm1");
    files().remove("/etc/xen/vm1");
    assertThat(files().look("/etc/xen/vm1").exists()).isFalse();
    fails(
        "cannot remove /etc/xen/auto: it is a directory, which is left as it is",
        () -> files().remove("/etc/xen/auto"));
  }

  @Test
  void aListIsSortedByName() throws HostFailure {
    write("/etc/xen/vm2", "x");
    write("/etc/xen/vm1", "x");
    assertThat(files().list("/etc/xen").keySet()).containsExactly("auto", "vm1", "vm2");
    assertThat(files().list("/etc/xen").get("vm1")).isEqualTo(files().look("/etc/xen/vm1"));
  }

  @Test
  void aMissingFolderIsAnEmptyListAndAFileIsNone() throws HostFailure {
    assertThat(files().list("/etc/nowhere")).isEmpty();
    write("/etc/xen/vm1", "x");
    fails("cannot list /etc/xen/vm1: not a directory", () -> files().list("/etc/xen/vm1"));
  }

  @Test
  void aLargerFileThanExpectedIsNotRead() throws HostFailure {
    write("/etc/xen/vm1", "12345");
    assertThat(files().read("/etc/xen/vm1", 5)).hasSize(5);
    fails(
        "cannot read /etc/xen/vm1: it is larger than the 4 bytes expected",
        () -> files().read("/etc/xen/vm1", 4));
  }

  @Test
  void onlyFilesAreRead() {
    fails("cannot read /etc/xen/auto: it is a directory, not a file", () -> read("/etc/xen/auto"));
    fails("cannot read /etc/xen/vm1: it is nothing, not a file", () -> read("/etc/xen/vm1"));
  }

  @Test
  void aFolderIsMadeWithItsParentsAndKeptWhenThere() throws HostFailure {
    files().makeFolder("/srv/xen/images", 0750);
    files().makeFolder("/srv/xen", 0700);
    assertThat(files().look("/srv/xen")).isEqualTo(new FileEntry(Kind.DIRECTORY, 0750, 0, ""));
    assertThat(files().look("/srv/xen/images").mode()).isEqualTo(0750);
    write("/srv/xen/file", "x");
    fails(
        "cannot create directory /srv/xen/file: it exists and is not a directory",
        () -> files().makeFolder("/srv/xen/file", 0700));
  }

  @Test
  void aFolderBelowEtcXenThatIsALinkIsNotFollowed() throws Exception {
    Files.createDirectories(place("/etc/elsewhere"));
    Files.writeString(place("/etc/elsewhere/vm1"), "kept");
    Files.delete(place("/etc/xen/auto"));
    Files.createSymbolicLink(place("/etc/xen/auto"), place("/etc/elsewhere"));
    String message =
        "/etc/xen/auto is a symbolic link, which is not followed here; replace it with a directory";
    fails(message, () -> files().look("/etc/xen/auto/vm1"));
    fails(message, () -> files().list("/etc/xen/auto"));
    fails(message, () -> read("/etc/xen/auto/vm1"));
    fails(message, () -> write("/etc/xen/auto/vm1", "x"));
    fails(message, () -> files().link("/etc/xen/auto/vm1", "/x"));
    fails(message, () -> files().remove("/etc/xen/auto/vm1"));
    fails(message, () -> files().makeFolder("/etc/xen/auto", 0755));
    fails(message, () -> files().makeFolder("/etc/xen/auto/sub", 0755));
    assertThat(place("/etc/elsewhere/vm1")).hasContent("kept");
    assertThat(files().look("/etc/xen/auto").kind()).isEqualTo(Kind.LINK);
  }

  @Test
  void aFolderThatEverybodyMayWriteToIsNotWrittenTo() throws Exception {
    Files.setPosixFilePermissions(place("/etc/xen"), PosixFilePermissions.fromString("rwxrwxrwx"));
    String why =
        "/etc/xen is writable by everyone (mode 0777), and any user could put a file of"
            + " theirs in its place; chmod o-w /etc/xen";
    fails("cannot write /etc/xen/vm1: " + why, () -> write("/etc/xen/vm1", "x"));
    fails(
        "cannot create link /etc/xen/auto/vm1: " + why,
        () -> files().link("/etc/xen/auto/vm1", "/x"));
  }

  @Test
  void onlyPlainAbsolutePathsAreTaken() {
    fails(
        "not an absolute path without . and .. steps: etc/xen/vm1",
        () -> files().look("etc/xen/vm1"));
    fails(
        "not an absolute path without . and .. steps: /etc/xen/../passwd",
        () -> write("/etc/xen/../passwd", "x"));
    fails("not a path on this system: Nul character not allowed", () -> write("/etc/x\0", "x"));
  }
}
