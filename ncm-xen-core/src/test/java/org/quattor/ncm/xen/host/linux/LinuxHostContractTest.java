package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.host.contract.HostDomainsContract;
import org.quattor.ncm.xen.host.contract.HostFactsContract;
import org.quattor.ncm.xen.host.contract.HostFetchesContract;
import org.quattor.ncm.xen.host.contract.HostFilesContract;
import org.quattor.ncm.xen.host.contract.HostFilesystemsContract;
import org.quattor.ncm.xen.host.contract.HostLiveChangesContract;
import org.quattor.ncm.xen.host.contract.HostStorageContract;
import org.quattor.ncm.xen.host.contract.HostVolumesContract;
import org.quattor.ncm.xen.host.local.ImageFile;

/**
 * The Linux host keeps to every contract: files, images and their tools for real, LVM and {@code
 * xl} with stand-ins that take only the command lines that are expected. {@link RealLvmTest} and
 * {@link RealDevicesTest} run the real tools as far as the machine has them.
 */
class LinuxHostContractTest {

  private static int withStandIns;

  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void makeAnEmptyRoot() throws IOException {
    root = Files.createDirectories(temp.resolve("root"));
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(root.resolve("proc/self/mountinfo"), "");
  }

  @AfterAll
  static void tellWhatWasNotReal() {
    System.out.println(
        "LinuxHostContractTest: "
            + withStandIns
            + " cases ran against stand-ins of lvm and xl, not against the real tools");
  }

  private LinuxHost host(String programs) {
    return new LinuxHost(
        new SystemPaths(root, root.resolve("proc"), root.resolve("sys"), programs),
        Timing.SYSTEM,
        Duration.ofSeconds(60),
        line -> {});
  }

  private LinuxHost hostWithStandIns() {
    return host(temp.resolve("bin") + ":/usr/bin:/bin");
  }

  private Path inRoot(String path) {
    return root.resolve(path.substring(1));
  }

  private void put(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Nested
  class OfFiles extends HostFilesContract {
    @Override
    protected HostFiles files() {
      return host("").files();
    }

    @Override
    protected Path place(String path) {
      return inRoot(path);
    }
  }

  @Nested
  class OfVolumes extends HostVolumesContract {
    private Path state;

    @BeforeEach
    void putStandIns() throws IOException {
      withStandIns++;
      state = temp.resolve("lvm");
      Files.createDirectories(state.resolve("groups"));
      Files.createDirectories(state.resolve("volumes"));
      Files.writeString(state.resolve("groups/xenvg"), "10\n");
      for (String name :
          new String[] {"vgs", "lvs", "vgcreate", "lvcreate", "lvextend", "lvchange"}) {
        StandIn.put(
            temp.resolve("bin"),
            name,
            "fake-lvm",
            Map.of("@STATE@", state, "@BACKUP@", inRoot("/etc/lvm/backup")));
      }
    }

    @Override
    protected HostVolumes volumes() {
      return hostWithStandIns().volumes();
    }

    @Override
    protected String blankDevice() throws IOException {
      return Files.writeString(temp.resolve("blank"), "").toString();
    }

    @Override
    protected String usedDevice() throws IOException {
      return Files.writeString(temp.resolve("used"), "ext4").toString();
    }
  }

  @Nested
  class OfStorage extends HostStorageContract {
    @Override
    protected XenHost host() {
      return LinuxHostContractTest.this.host(SystemPaths.SYSTEM.programs());
    }

    @Override
    protected Path place(String path) {
      return inRoot(path);
    }

    @Override
    protected void checkFilesystem(String path, NewFilesystem filesystem) throws Exception {
      RealDevices.need("wipefs");
      assertThat(RealDevices.command("wipefs", "-n", "-p", "--", inRoot(path).toString()))
          .endsWith("," + filesystem.label() + "," + filesystem.type().text() + "\n");
    }

    @Override
    protected boolean refusesTinyFilesystems() {
      return host().filesystems().canMake(FilesystemType.EXT4);
    }

    @Override
    protected boolean bearsMarks() {
      return RealDevices.bearsMarks(temp);
    }
  }

  @Nested
  class OfFilesystems extends HostFilesystemsContract {
    private final List<String> devices = new ArrayList<>();

    @Override
    protected XenHost host() {
      Path proc = Path.of("/proc");
      return new LinuxHost(
          new SystemPaths(root, proc, Path.of("/sys"), SystemPaths.SYSTEM.programs()),
          Timing.SYSTEM,
          Duration.ofSeconds(60),
          line -> {});
    }

    @Override
    protected String blankDevice() throws Exception {
      Path image = Files.createFile(temp.resolve("disk.img"));
      ImageFile.setLength(image, 320L << 20);
      String device = RealDevices.attach(image);
      devices.add(device);
      Files.createDirectories(root.resolve("dev"));
      Files.createSymbolicLink(inRoot(device), Path.of(device));
      return device;
    }

    @Override
    protected Object fingerprint(String device) throws Exception {
      return RealDevices.command("sha256sum", "--", device);
    }

    @AfterEach
    void detachAll() throws Exception {
      for (String device : devices) {
        Files.delete(inRoot(device));
        RealDevices.detach(device);
      }
    }
  }

  @Nested
  class OfFetches extends HostFetchesContract {
    private final WebServer web = new WebServer();

    @BeforeEach
    void serve() {
      web.serve("/vmlinuz", CONTENT);
      web.serve("/vmlinuz?key=hidden", CONTENT);
    }

    @AfterEach
    void stop() {
      web.close();
    }

    @Override
    protected XenHost host() {
      return LinuxHostContractTest.this.host("");
    }

    @Override
    protected Path place(String path) {
      return inRoot(path);
    }

    @Override
    protected String server() {
      return web.url();
    }
  }

  @Nested
  class OfDomains extends HostDomainsContract {
    @BeforeEach
    void putStandIn() throws IOException {
      withStandIns++;
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "no setsid on this machine");
      StandIn.put(temp.resolve("bin"), "xl", "fake-xl", Map.of("@ROOT@", root));
    }

    @Override
    protected XenHost host() {
      return hostWithStandIns();
    }

    @Override
    protected void setBack(String name) throws IOException {
      Files.createFile(root.resolve("domains/" + name + ".building"));
    }

    @Override
    protected void move(DomainTransfer transfer) throws IOException {
      switch (transfer.kind()) {
        case RECEIVE -> put("proc/991/cmdline", "xl\0migrate-receive\0");
        case SEND -> put("proc/992/cmdline", "xl\0migrate\0" + transfer.domain() + "\0xen2\0");
        case SAVE -> put("proc/993/cmdline", "xl\0save\0" + transfer.domain() + "\0/srv/it\0");
      }
    }
  }

  @Nested
  class OfLiveChanges extends HostLiveChangesContract {
    /** The contract starts a guest before any method of this class is called. */
    @Override
    protected XenHost host() throws HostFailure {
      if (!Files.exists(temp.resolve("bin/xl"))) {
        withStandIns++;
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "no setsid on this machine");
        try {
          StandIn.put(temp.resolve("bin"), "xl", "fake-xl", Map.of("@ROOT@", root));
        } catch (IOException e) {
          throw new HostFailure("no stand-in", e);
        }
      }
      return hostWithStandIns();
    }
  }

  @Nested
  class OfFacts extends HostFactsContract {
    @Override
    protected XenHost hostWith(HostFacts facts) throws IOException {
      for (Toolstack toolstack : facts.toolstacks()) {
        StandIn.script(temp.resolve("only"), toolstack.command(), "#!/bin/sh\n");
      }
      if (facts.xendRunning()) {
        put("proc/812/cmdline", "/usr/bin/python\0/usr/sbin/xend\0start\0");
      }
      put("proc/813/cmdline", "vi\0notes\0xend\0");
      put("proc/sys/kernel/hostname", facts.hostName() + "\n");
      if (facts.dom0()) {
        put("proc/xen/capabilities", "control_d\n");
      }
      XenVersion version = facts.xenVersion();
      if (version != null) {
        put("sys/hypervisor/version/major", version.major() + "\n");
        put("sys/hypervisor/version/minor", version.minor() + "\n");
      }
      return host(temp.resolve("only").toString());
    }
  }
}
