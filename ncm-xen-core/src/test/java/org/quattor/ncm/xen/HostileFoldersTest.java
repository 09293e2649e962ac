package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.local.DirectoryFiles;

/** Files and folders that somebody has prepared so that root would write elsewhere. */
class HostileFoldersTest {

  private static final String SHADOW = "root:*:19000:0:99999:7:::\n";
  private static final int WRITES = 300;

  @TempDir Path folder;
  private Scenario host;

  private static Profile guests(String... names) {
    StringBuilder domains = new StringBuilder("{");
    for (String name : names) {
      domains
          .append(domains.length() > 1 ? "," : "")
          .append(
              """
              "%1$s": {"auto": true, "options": {"name": "%1$s", "memory": 128,
                "kernel": "/boot/vmlinuz"}}
              """
                  .formatted(name));
    }
    return Scenario.domains(domains.append("}").toString());
  }

  @BeforeEach
  void aHostWithAShadowFile() {
    host = new Scenario(folder.resolve("host"));
    host.file("/etc/shadow", SHADOW);
  }

  private void link(String path, String target) throws IOException {
    Files.createDirectories(host.path(path).getParent());
    Files.createSymbolicLink(host.path(path), Path.of(target));
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aGuestFileThatIsALinkIsLeftAloneAndOthersAreServed() throws IOException {
    link("/etc/xen/web", host.path("/etc/shadow").toString());

    ComponentResult result = host.configure(guests("db", "web"));

    assertThat(host.read("/etc/shadow")).isEqualTo(SHADOW);
    assertThat(Files.isSymbolicLink(host.path("/etc/xen/web"))).isTrue();
    assertThat(result.errors()).isPositive();
    assertThat(Scenario.actions(result, Outcome.DONE))
        .contains("write /etc/xen/db", "start domain db")
        .noneMatch(summary -> summary.contains("web"));
  }

  @Test
  void aLinkInTheWayOfATemporaryFileIsNotFollowed() throws IOException {
    link("/etc/xen/.web" + HostFiles.TEMPORARY_SUFFIX, host.path("/etc/shadow").toString());

    assertThat(host.configure(guests("web")).errors()).isZero();

    assertThat(host.read("/etc/shadow")).isEqualTo(SHADOW);
    assertThat(host.read("/etc/xen/web")).contains("name = \"web\"");
    assertThat(Files.isSymbolicLink(host.path("/etc/xen/web"))).isFalse();
  }

  @Test
  void anAutostartFolderThatIsALinkIsNotFollowed() throws IOException {
    Files.createDirectories(host.path("/etc/elsewhere"));
    Files.deleteIfExists(host.path("/etc/xen/auto"));
    link("/etc/xen/auto", host.path("/etc/elsewhere").toString());

    try {
      assertThat(host.configure(guests("web")).errors()).isPositive();
    } catch (Refusal e) {
      assertThat(e.kind()).isEqualTo(Refusal.Kind.UNREADABLE_HOST);
      assertThat(e).hasMessageContaining("/etc/xen/auto is a symbolic link");
    }

    assertThat(host.path("/etc/elsewhere")).isEmptyDirectory();
  }

  @Test
  void aFolderThatEverybodyMayWriteToIsRefused() throws IOException {
    Files.createDirectories(host.path("/etc/xen"));
    permit(host.path("/etc/xen"), "rwxrwxrwx");

    ComponentResult result = host.configure(guests("web"));

    assertThat(result.count(Outcome.FAILED)).isPositive();
    assertThat(result.actions()).anyMatch(action -> action.cause().contains("chmod o-w /etc/xen"));
    assertThat(host.path("/etc/xen/web")).doesNotExist();
  }

  @Test
  void anEtcXenThatIsALinkIsAFolderLikeAnyOther() throws Exception {
    Path root = folder.resolve("linked");
    Path real = Files.createDirectories(root.resolve("srv/config"));
    Files.createDirectories(root.resolve("etc"));
    Files.createSymbolicLink(root.resolve("etc/xen"), real);
    DirectoryFiles files = new DirectoryFiles(root, ImmutableSet.of("/etc/xen"), device -> 0);

    files.write("/etc/xen/web", new byte[] {'x'}, 0600);

    assertThat(real.resolve("web")).hasContent("x");
    permit(real, "rwxrwxrwx");
    HostFailure refused = null;
    try {
      files.write("/etc/xen/web", new byte[] {'y'}, 0600);
    } catch (HostFailure e) {
      refused = e;
    }
    assertThat(refused).hasMessageContaining("writable by everyone");
    assertThat(real.resolve("web")).hasContent("x");
  }

  /** Somebody swaps the file for a link as fast as it goes, all the time that it is written. */
  @Test
  void aFileThatBecomesALinkBetweenLookAndWriteCostsNobodyAFile() throws Exception {
    Path root = Files.createDirectories(folder.resolve("race"));
    Path shadow = Files.writeString(root.resolve("shadow"), SHADOW);
    Path xen = Files.createDirectories(root.resolve("etc/xen"));
    permit(shadow, "rw-r-----");
    DirectoryFiles files = new DirectoryFiles(root, ImmutableSet.of("/etc/xen"), device -> 0);
    AtomicBoolean done = new AtomicBoolean();
    Thread swapper = new Thread(() -> swap(xen, shadow, done));
    swapper.start();
    int written = 0;
    for (int i = 0; i < WRITES; i++) {
      try {
        files.write("/etc/xen/web", "ours\n".getBytes(StandardCharsets.UTF_8), 0600);
        written++;
      } catch (HostFailure e) {
        assertThat(e).hasMessageContaining("/etc/xen/web");
      }
    }
    done.set(true);
    swapper.join();

    assertThat(shadow).hasContent(SHADOW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shadow)))
        .isEqualTo("rw-r-----");
    System.out.println("HostileFoldersTest: " + written + " of " + WRITES + " writes won the race");
  }

  private static void swap(Path xen, Path shadow, AtomicBoolean done) {
    Path link = xen.resolve("link");
    while (!done.get()) {
      for (String name : new String[] {"web", ".web" + HostFiles.TEMPORARY_SUFFIX}) {
        try {
          if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, shadow);
          }
          Files.move(link, xen.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
          // somebody was faster
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
