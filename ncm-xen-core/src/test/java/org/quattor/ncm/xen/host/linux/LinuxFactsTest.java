package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.HostFailure;

class LinuxFactsTest {

  @TempDir Path temp;

  @BeforeEach
  void makeProc() throws Exception {
    Files.createDirectories(temp.resolve("proc"));
  }

  private LinuxFacts facts() {
    return new LinuxFacts(new SystemPaths(temp, temp.resolve("proc"), temp.resolve("sys"), ""));
  }

  private void put(String path, String text) throws Exception {
    Path file = temp.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aGuestIsNotDom0() throws Exception {
    put("proc/xen/capabilities", "\n");
    put("sys/hypervisor/type", "xen\n");
    put("sys/hypervisor/uuid", "6ca04c19-25fe-408f-bb87-502d140a7260\n");
    assertThat(facts().read().dom0()).isFalse();
  }

  @Test
  void withoutXenfsTheUuidOfZerosIsDom0() throws Exception {
    put("sys/hypervisor/type", "xen\n");
    put("sys/hypervisor/uuid", "00000000-0000-0000-0000-000000000000\n");
    assertThat(facts().read().dom0()).isTrue();
    put("sys/hypervisor/type", "kvm\n");
    assertThat(facts().read().dom0()).isFalse();
  }

  @Test
  void aVersionThatIsNoneIsUnknown() throws Exception {
    put("sys/hypervisor/version/major", "4\n");
    assertThat(facts().read().xenVersion()).isNull();
    put("sys/hypervisor/version/minor", "<denied>\n");
    assertThat(facts().read().xenVersion()).isNull();
  }

  @Test
  void withoutProcThereAreNoFacts() throws Exception {
    Files.delete(temp.resolve("proc"));
    assertThatThrownBy(() -> facts().read())
        .isInstanceOf(HostFailure.class)
        .hasMessage("cannot list the processes in " + temp + "/proc: no such file or directory");
  }
}
