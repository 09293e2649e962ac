package org.quattor.ncm.xen.host.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFetches;
import org.quattor.ncm.xen.host.RemoteFile;
import org.quattor.ncm.xen.host.XenHost;

/** What every {@link HostFetches} keeps to. */
public abstract class HostFetchesContract {

  /** What is served. */
  protected static final String CONTENT = "a kernel\n".repeat(1000);

  private static final String DIGEST = sha256(CONTENT);
  private static final String PLACE = "/srv/boot/vmlinuz";

  /** Returns the host. */
  protected abstract XenHost host() throws HostFailure;

  /** Returns where a path of that host lies in this system, so that it can be tampered with. */
  protected abstract Path place(String path);

  /**
   * Returns the URL of a server that the host reaches, without a slash at its end. It serves {@link
   * #CONTENT} as {@code /vmlinuz}, and as {@code /vmlinuz?key=hidden}, and nothing else.
   */
  protected abstract String server() throws Exception;

  /** Returns the digest of a text. */
  protected static String sha256(String text) {
    return Hashing.sha256().hashString(text, UTF_8).toString();
  }

  @BeforeEach
  void makeTheFolder() throws HostFailure {
    host().files().makeFolder("/srv/boot", 0755);
  }

  private HostFetches fetches() throws HostFailure {
    return host().fetches();
  }

  private RemoteFile vmlinuz(String digest) throws Exception {
    return new RemoteFile(server() + "/vmlinuz", digest);
  }

  private void fetch(RemoteFile source) throws HostFailure {
    fetches().fetch(source, PLACE, (done, total) -> true);
  }

  private void onlyThisLiesThere(String... names) throws Exception {
    try (var entries = Files.list(place("/srv/boot"))) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(names);
    }
  }

  @Test
  void whatIsFetchedHasItsDigestAndCanBeReadByAll() throws Exception {
    fetch(vmlinuz(DIGEST));
    assertThat(fetches().sha256(PLACE)).isEqualTo(DIGEST);
    FileEntry entry = host().files().look(PLACE);
    assertThat(entry.kind()).isEqualTo(Kind.FILE);
    assertThat(entry.mode()).isEqualTo(HostFetches.MODE);
    onlyThisLiesThere("vmlinuz");
  }

  @Test
  void anOlderFileIsReplaced() throws Exception {
    Files.writeString(place(PLACE), "older");
    Files.setPosixFilePermissions(place(PLACE), PosixFilePermissions.fromString("rw-------"));
    fetch(vmlinuz(DIGEST));
    assertThat(fetches().sha256(PLACE)).isEqualTo(DIGEST);
    assertThat(host().files().look(PLACE).mode()).isEqualTo(HostFetches.MODE);
    onlyThisLiesThere("vmlinuz");
  }

  @Test
  void aFileOfAnotherHandHasTheDigestOfItsContent() throws Exception {
    Files.writeString(place(PLACE), "abc");
    assertThat(fetches().sha256(PLACE))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void onlyAFileHasADigest() throws Exception {
    Files.writeString(place(PLACE), "abc");
    Files.createSymbolicLink(place("/srv/boot/link"), Path.of("vmlinuz"));
    assertThatThrownBy(() -> fetches().sha256("/srv/boot/link"))
        .isInstanceOf(HostFailure.class)
        .hasMessage("cannot read /srv/boot/link: it is a symbolic link, not a file");
    assertThatThrownBy(() -> fetches().sha256("/srv/boot"))
        .isInstanceOf(HostFailure.class)
        .hasMessage("cannot read /srv/boot: it is a directory, not a file");
    assertThatThrownBy(() -> fetches().sha256("/srv/boot/none"))
        .isInstanceOf(HostFailure.class)
        .hasMessage("cannot read /srv/boot/none: it is nothing, not a file");
  }

  @Test
  void whatTheServerDoesNotHaveIsAFailureAndTheOldFileStays() throws Exception {
    Files.writeString(place(PLACE), "older");
    String url = server() + "/none";
    assertThatThrownBy(() -> fetch(new RemoteFile(url, DIGEST)))
        .isInstanceOf(HostFailure.class)
        .hasMessage(
            "cannot fetch " + PLACE + " from " + url + ": the server answered 404 (not found)");
    assertThat(place(PLACE)).hasContent("older");
    onlyThisLiesThere("vmlinuz");
  }

  @Test
  void anotherContentThanDeclaredNeverGetsToThePlace() throws Exception {
    String other = sha256("other");
    RemoteFile source = vmlinuz(other);
    assertThatThrownBy(() -> fetch(source))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("cannot fetch " + PLACE + " from " + source.url() + ": what the ")
        .hasMessageEndingWith(
            "has the SHA-256 digest " + DIGEST + ", and " + other + " is declared");
    onlyThisLiesThere();
  }

  @Test
  void whatLiesThereAndIsNoFileIsLeftAlone() throws Exception {
    Files.createSymbolicLink(place(PLACE), Path.of("elsewhere"));
    RemoteFile source = vmlinuz(DIGEST);
    assertThatThrownBy(() -> fetch(source))
        .isInstanceOf(HostFailure.class)
        .hasMessage("cannot fetch " + PLACE + ": it is a symbolic link, which is left as it is");
    assertThat(Files.isSymbolicLink(place(PLACE))).isTrue();
    onlyThisLiesThere("vmlinuz");
  }

  @Test
  void aFolderMustBeThereAndNotBelongToEverybody() throws Exception {
    RemoteFile source = vmlinuz(DIGEST);
    assertThatThrownBy(() -> fetches().fetch(source, "/srv/none/vmlinuz", (done, all) -> true))
        .isInstanceOf(HostFailure.class)
        .hasMessage("cannot fetch /srv/none/vmlinuz: /srv/none is missing");
    Files.setPosixFilePermissions(place("/srv/boot"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> fetch(source))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("/srv/boot is writable by ");
    onlyThisLiesThere();
  }

  @Test
  void userPasswordAndQueryAreNotShown() throws Exception {
    String withSecrets =
        server().replace("://", "://somebody:hidden@") + "/none?key=hidden&more=hidden";
    assertThatThrownBy(() -> fetch(new RemoteFile(withSecrets, DIGEST)))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("/none?...: the server answered 404")
        .hasMessageNotContaining("hidden")
        .hasMessageNotContaining("somebody");
  }

  @Test
  void aQueryIsPartOfWhatIsAskedFor() throws Exception {
    fetch(new RemoteFile(server() + "/vmlinuz?key=hidden", DIGEST));
    assertThat(fetches().sha256(PLACE)).isEqualTo(DIGEST);
  }
}
