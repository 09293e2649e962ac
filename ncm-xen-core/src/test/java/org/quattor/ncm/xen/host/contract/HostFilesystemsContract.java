package org.quattor.ncm.xen.host.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFilesystems;
import org.quattor.ncm.xen.host.NewFilesystem;
import org.quattor.ncm.xen.host.XenHost;

/** What every {@link HostFilesystems} keeps to. */
public abstract class HostFilesystemsContract {

  /** Returns the host. */
  protected abstract XenHost host() throws Exception;

  /** Returns a block device of 320 MiB with nothing on it; skips where there can be none. */
  protected abstract String blankDevice() throws Exception;

  private HostFilesystems filesystems() throws Exception {
    return host().filesystems();
  }

  private void make(String device, FilesystemType type, String label) throws Exception {
    Assumptions.assumeTrue(filesystems().canMake(type), "no " + type.program());
    filesystems().make(device, new NewFilesystem(type, label));
  }

  @Test
  void foldersOfOneFileSystemShareItsRoom() throws Exception {
    host().files().makeFolder("/srv/xen", 0755);
    host().files().makeFolder("/srv/other", 0755);
    var here = filesystems().space("/srv/xen");
    assertThat(here.freeBytes()).isPositive();
    assertThat(filesystems().space("/srv/other").filesystem()).isEqualTo(here.filesystem());
    assertThat(filesystems().space("/srv/not/yet/there").filesystem()).isEqualTo(here.filesystem());
  }

  @Test
  void onlyABlockDeviceHasContents() throws Exception {
    host().files().makeFolder("/srv/xen", 0755);
    assertThatThrownBy(() -> filesystems().contents("/srv/xen"))
        .isInstanceOf(HostFailure.class)
        .hasMessage("/srv/xen is not a block device");
    NewFilesystem ext4 = new NewFilesystem(FilesystemType.EXT4, "");
    assertThatThrownBy(() -> filesystems().make("/srv/xen", ext4))
        .isInstanceOf(HostFailure.class)
        .hasMessage("/srv/xen is not a block device");
  }

  @ParameterizedTest
  @EnumSource
  void aBlankDeviceGetsAFileSystem(FilesystemType type) throws Exception {
    String device = blankDevice();
    assertThat(filesystems().contents(device)).isEmpty();
    make(device, type, "root");
    assertThat(filesystems().contents(device)).hasSize(1).allMatch(c -> c.contains(type.text()));
  }

  @ParameterizedTest
  @EnumSource
  void aFileSystemThatIsCompleteIsNotMadeAgain(FilesystemType type) throws Exception {
    String device = blankDevice();
    make(device, type, "");
    Object before = fingerprint(device);
    make(device, type, "");
    assertThat(fingerprint(device)).isEqualTo(before);
  }

  /** Returns what changes when the device is written to. */
  protected abstract Object fingerprint(String device) throws Exception;

  @Test
  void nothingIsMadeOverAnotherFileSystem() throws Exception {
    String device = blankDevice();
    make(device, FilesystemType.EXT4, "");
    Object before = fingerprint(device);
    assertThatThrownBy(() -> make(device, FilesystemType.SWAP, ""))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("no swap area is made on " + device + ": the device holds a")
        .hasMessageContaining("ext4");
    assertThat(fingerprint(device)).isEqualTo(before);
  }
}
