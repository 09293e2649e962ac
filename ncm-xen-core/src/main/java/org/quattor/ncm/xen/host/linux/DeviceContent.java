package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Looks for data that no program has a name for: an archive, a boot loader, an encrypted disk.
 * Zeros are taken for nothing.
 */
final class DeviceContent {

  /** What {@code lvcreate --zero y} clears, {@code lvcreate(8)}. */
  static final int CLEARED_BYTES = 4 << 10;

  private static final int EDGE_BYTES = 4 << 20;
  private static final int SAMPLES = 256;

  private DeviceContent() {}

  /** Returns where in the first bytes there is data; empty when there is none. */
  static OptionalLong atBeginning(Path device, int bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "r")) {
      return data(file, 0, bytes);
    }
  }

  /** Returns where there is data: at both ends, and in samples from between; empty for none. */
  static OptionalLong anywhere(Path device) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "r")) {
      long size = file.length();
      OptionalLong found = data(file, 0, EDGE_BYTES);
      for (int i = 1; i < SAMPLES && found.isEmpty(); i++) {
        found = data(file, size / SAMPLES * i, CLEARED_BYTES);
      }
      return found.isPresent() ? found : data(file, Math.max(0, size - EDGE_BYTES), EDGE_BYTES);
    }
  }

  private static OptionalLong data(RandomAccessFile file, long offset, int bytes)
      throws IOException {
    byte[] content = new byte[bytes];
    file.seek(offset);
    int length = Math.max(0, file.read(content));
    for (int i = 0; i < length; i++) {
      if (content[i] != 0) {
        return OptionalLong.of(offset + i);
      }
    }
    return OptionalLong.empty();
  }
}
