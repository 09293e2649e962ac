package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.xen.host.FilesystemSpace;
import org.quattor.ncm.xen.host.FilesystemType;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFilesystems;
import org.quattor.ncm.xen.host.NewFilesystem;

/** One file system for all folders; what is on devices is a word in the state. */
final class SimulatedFilesystems implements HostFilesystems {

  private static final String PV_SIGNATURE = "LVM2_member signature";

  private static final int MAX_INITRD_BYTES = 1 << 20;

  private final SimulatedState state;
  private final SimulatedFiles files;
  private final SimulatedStorage storage;

  SimulatedFilesystems(SimulatedState state, SimulatedFiles files, SimulatedStorage storage) {
    this.state = state;
    this.files = files;
    this.storage = storage;
  }

  @Override
  public FilesystemSpace space(String folder) {
    return new FilesystemSpace("simulated", state.now().imageSpaceBytes());
  }

  @Override
  public List<String> contents(String device) throws HostFailure {
    state.countCommand();
    return contentsAt(storage.follow(device), device);
  }

  private List<String> contentsAt(String at, String device) throws HostFailure {
    SimulatedHostSpec.Volume volume = volume(at);
    if (volume != null) {
      return volume.content().isEmpty() ? List.of() : List.of(volume.content());
    }
    SimulatedHostSpec.BlockDevice found = state.now().blockDevices().get(at);
    if (found == null) {
      throw new HostFailure(device + " is not a block device");
    }
    List<String> contents = new ArrayList<>(found.contents());
    if (!storage.groupsOn(at).isEmpty()) {
      contents.add(PV_SIGNATURE);
    }
    return contents;
  }

  @Override
  public boolean isBlank(String device) throws HostFailure {
    return beginsBlank(device);
  }

  @Override
  public boolean beginsBlank(String device) throws HostFailure {
    return contentsAt(storage.follow(device), device).isEmpty();
  }

  private SimulatedHostSpec.@org.jspecify.annotations.Nullable Volume volume(String path) {
    return path.startsWith("/dev/")
        ? state.now().volumes().get(path.substring("/dev/".length()))
        : null;
  }

  @Override
  public void make(String device, NewFilesystem filesystem) throws HostFailure {
    String at = storage.follow(device);
    List<String> contents = contentsAt(at, device);
    List<String> users = storage.users(at);
    if (!users.isEmpty()) {
      throw refused(device, filesystem, "the device is in use: " + String.join(", ", users));
    }
    state.countCommand();
    String words = filesystem.text();
    if (contents.equals(List.of(words))) {
      return;
    }
    if (!contents.isEmpty()) {
      throw refused(device, filesystem, "the device holds a " + String.join(", ", contents));
    }
    state.countCommand();
    SimulatedHostSpec now = state.now();
    SimulatedHostSpec.Volume volume = volume(at);
    if (volume == null) {
      SimulatedHostSpec.BlockDevice found = now.blockDevices().get(at);
      long bytes = found == null ? 0 : found.sizeBytes();
      state.change(now.withBlockDevice(at, bytes, words));
    } else {
      ImmutableList<String> name =
          ImmutableList.copyOf(at.substring("/dev/".length()).split("/", 2));
      state.change(now.withVolume(name.get(0), name.get(1), volume.with(words)));
    }
  }

  private static HostFailure refused(String device, NewFilesystem filesystem, String why) {
    return new HostFailure("no " + filesystem.text() + " is made on " + device + ": " + why);
  }

  @Override
  public boolean canMake(FilesystemType type) {
    return true;
  }

  /** An initrd of a simulated host is a text: one name on a line. */
  @Override
  public List<String> initrdFiles(String initrd) throws HostFailure {
    state.countCommand();
    String text = new String(files.read(initrd, MAX_INITRD_BYTES), StandardCharsets.UTF_8);
    return text.lines().toList();
  }
}
