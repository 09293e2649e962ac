package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.HostFailure;

/** A file system that does not answer, as a child that never ends or a look that never returns. */
class BoundedLooksTest {

  private static final Duration BOUND = Duration.ofMillis(500);

  @TempDir Path root;
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void mountAnotherMachinesFolder() throws Exception {
    Files.createDirectories(root.resolve("net/images"));
    Files.createDirectories(root.resolve("srv"));
    Path mountinfo = Files.createDirectories(root.resolve("proc/self")).resolve("mountinfo");
    Files.writeString(
        mountinfo,
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n31 22 0:40 / "
            + root
            + "/net rw shared:9 - nfs4 filer:/x rw\n");
  }

  private BoundedLooks looks(String ls) throws Exception {
    StandIn.script(root.resolve("bin"), "ls", "#!/bin/sh\n" + ls + "\n");
    SystemPaths surroundings =
        new SystemPaths(root, root.resolve("proc"), root.resolve("sys"), root + "/bin");
    return new BoundedLooks(
        surroundings, new CommandRunner(surroundings, BOUND, heard::add), BOUND);
  }

  @Test
  void onlyFoldersOfOtherMachinesAreAskedFirstAndEachOnce() throws Exception {
    BoundedLooks looks = looks("exit 2");
    assertThat(looks.within("/srv/a.img", () -> 1)).isEqualTo(1);
    assertThat(heard).isEmpty();
    assertThat(looks.within("/net/images/a.img", () -> 2)).isEqualTo(2);
    assertThat(looks.within("/net/images/b.img", () -> 3)).isEqualTo(3);
    assertThat(heard).containsExactly("ls -lA -- " + root + "/net/images");
  }

  @Test
  void oneThatHangsCostsItsTimeOnceAndIsNeverTouchedByUs() throws Exception {
    BoundedLooks looks = looks("exec /bin/sleep 1000");
    Files.createSymbolicLink(root.resolve("srv/linked"), Path.of("/net/images"));
    for (String path : new String[] {"/srv/linked/a.img", "/net/images/b.img", "/net/c.img"}) {
      assertThatThrownBy(
              () ->
                  looks.within(
                      path,
                      () -> {
                        throw new AssertionError("it was looked at");
                      }))
          .isInstanceOf(HostFailure.class)
          .hasMessageContaining("/srv/linked/a.img did not answer within 0.5 s");
    }
    assertThat(heard).hasSize(1);
    assertThat(looks.within("/srv/a.img", () -> 1)).isEqualTo(1);
  }

  @Test
  void aLookThatNeverReturnsIsLeftBehind() throws Exception {
    BoundedLooks looks = looks("exit 0");
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                looks.within(
                    "/net/images/a.img",
                    () -> {
                      try {
                        never.await();
                      } catch (InterruptedException e) {
                        throw new HostFailure("interrupted", e);
                      }
                      return 1;
                    }))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("/net/images/a.img did not answer within 0.5 s");
    never.countDown();
  }
}
