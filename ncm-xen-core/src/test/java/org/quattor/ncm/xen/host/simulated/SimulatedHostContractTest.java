package org.quattor.ncm.xen.host.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.HostVolumes;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.contract.HostDomainsContract;
import org.quattor.ncm.xen.host.contract.HostFactsContract;
import org.quattor.ncm.xen.host.contract.HostFetchesContract;
import org.quattor.ncm.xen.host.contract.HostFilesContract;
import org.quattor.ncm.xen.host.contract.HostFilesystemsContract;
import org.quattor.ncm.xen.host.contract.HostLiveChangesContract;
import org.quattor.ncm.xen.host.contract.HostNetworkContract;
import org.quattor.ncm.xen.host.contract.HostStorageContract;
import org.quattor.ncm.xen.host.contract.HostVolumesContract;

/** The simulated host keeps to every contract; it is opened anew for each single call. */
class SimulatedHostContractTest {

  private static final SimulatedHostSpec FURNISHING =
      SimulatedHostSpec.bare()
          .withDevice(
              "eth0",
              new NetworkDevice(
                  NetworkDevice.Kind.OTHER, true, 1500, "", "", null, null, HostUse.USED, ""))
          .withDevice("eth1", SimulatedNetwork.INTERFACE)
          .withDevice("eth2", SimulatedNetwork.INTERFACE)
          .withBridge("br-other")
          .withGroup("xenvg", 40L << 20)
          .withBlockDevice("/dev/sdb", 1L << 30)
          .withBlockDevice("/dev/sdc", 1L << 30, "ext4 signature");

  @TempDir Path temp;
  private Path directory;

  @BeforeEach
  void nameADirectoryThatDoesNotExist() {
    directory = temp.resolve("dom0");
  }

  private SimulatedHost open() throws HostFailure {
    return SimulatedHost.open(directory, FURNISHING, new PlainGuestFile());
  }

  private Path place(String path) {
    return directory.resolve(path.substring(1));
  }

  @Nested
  class Files extends HostFilesContract {
    @Override
    protected HostFiles files() throws HostFailure {
      return open().files();
    }

    @Override
    protected Path place(String path) {
      return SimulatedHostContractTest.this.place(path);
    }
  }

  @Nested
  class Volumes extends HostVolumesContract {
    @Override
    protected HostVolumes volumes() throws HostFailure {
      return open().volumes();
    }

    @Override
    protected String blankDevice() {
      return "/dev/sdb";
    }

    @Override
    protected String usedDevice() {
      return "/dev/sdc";
    }
  }

  @Nested
  class Storage extends HostStorageContract {
    @Override
    protected XenHost host() throws HostFailure {
      return open();
    }

    @Override
    protected Path place(String path) {
      return SimulatedHostContractTest.this.place(path);
    }

    @Override
    protected void checkFilesystem(String path, NewFilesystem filesystem) throws Exception {
      try (var lines = java.nio.file.Files.newBufferedReader(place(path))) {
        assertThat(lines.readLine()).isEqualTo(filesystem.text());
      }
    }

    @Override
    protected boolean refusesTinyFilesystems() {
      return false;
    }

    @Override
    protected boolean bearsMarks() {
      return true;
    }
  }

  @Nested
  class Filesystems extends HostFilesystemsContract {
    @Override
    protected XenHost host() throws HostFailure {
      return open();
    }

    @Override
    protected String blankDevice() {
      return "/dev/sdb";
    }

    @Override
    protected Object fingerprint(String device) throws HostFailure {
      return open().spec();
    }
  }

  @Nested
  class FilesystemsInVolumes extends Filesystems {
    @Override
    protected String blankDevice() {
      try {
        open().volumes().createVolume("xenvg", "vm1", 4L << 20, Set.of());
      } catch (HostFailure e) {
        throw new AssertionError(e);
      }
      return "/dev/xenvg/vm1";
    }
  }

  @Nested
  class Fetches extends HostFetchesContract {
    @Override
    protected XenHost host() throws HostFailure {
      SimulatedHostSpec web =
          FURNISHING
              .withUrl(server() + "/vmlinuz", sha256(CONTENT))
              .withUrl(server() + "/vmlinuz?key=hidden", sha256(CONTENT));
      return SimulatedHost.open(directory, web, new PlainGuestFile());
    }

    @Override
    protected Path place(String path) {
      return SimulatedHostContractTest.this.place(path);
    }

    @Override
    protected String server() {
      return "https://boot.example.org";
    }
  }

  @Nested
  class Domains extends HostDomainsContract {
    @Override
    protected XenHost host() throws HostFailure {
      return open();
    }

    @Override
    protected void setBack(String name) throws HostFailure {
      open()
          .change(
              now -> {
                SimulatedHostSpec.RunningDomain domain =
                    java.util.Objects.requireNonNull(now.domains().get(name));
                return now.withDomain(
                    name,
                    new SimulatedHostSpec.RunningDomain(
                        domain.id(), Activity.BUILDING, domain.configuration(), domain.shared()));
              });
    }

    @Override
    protected void move(DomainTransfer transfer) throws HostFailure {
      open().change(now -> now.withTransfer(transfer));
    }
  }

  @Nested
  class LiveChanges extends HostLiveChangesContract {
    @Override
    protected XenHost host() throws HostFailure {
      return open();
    }
  }

  @Nested
  class Facts extends HostFactsContract {
    @Override
    protected XenHost hostWith(HostFacts facts) throws HostFailure {
      SimulatedHost.open(directory, FURNISHING.withFacts(facts), new PlainGuestFile())
          .materialise();
      return open();
    }
  }

  @Nested
  class Network extends HostNetworkContract {
    @Override
    protected XenHost host() throws HostFailure {
      return open();
    }
  }
}
