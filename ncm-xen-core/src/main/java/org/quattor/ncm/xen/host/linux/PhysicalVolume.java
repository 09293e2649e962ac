package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What LVM2 has written to a device, active or not, read without LVM ({@code
 * lib/format_text/layout.h} of its source).
 *
 * @param uuid of the physical volume, 32 characters without dashes
 * @param group the volume group that it belongs to
 * @param creationHost the host name of the system that last changed the group
 */
record PhysicalVolume(String uuid, String group, String creationHost) {

  private static final int SECTOR_BYTES = 512;
  private static final int LABEL_SECTORS = 4;
  private static final int UUID_BYTES = 32;
  private static final int LOCATIONS = UUID_BYTES + 8; // behind uuid and device size
  private static final int RAW_LOCATION = 4 + 16 + 4 + 8 + 8; // behind the header of an area
  private static final int AREA_HEADER_BYTES = 512;
  private static final int MAX_METADATA_BYTES = 16 << 20;
  private static final Pattern GROUP = Pattern.compile("\\A([A-Za-z0-9+_.-]{1,127}) \\{");
  private static final Pattern HOST = Pattern.compile("\ncreation_host = \"([^\"]{0,255})\"");

  /** Reads the label and the metadata; empty when the device is not in a volume group. */
  static Optional<PhysicalVolume> read(Path device) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "r")) {
      ByteBuffer head = at(file, 0, LABEL_SECTORS * SECTOR_BYTES);
      for (int label = 0; label + SECTOR_BYTES <= head.limit(); label += SECTOR_BYTES) {
        if (text(head, label, 8).equals("LABELONE")
            && text(head, label + 24, 8).equals("LVM2 001")) {
          return labelled(file, head, label);
        }
      }
      return Optional.empty();
    }
  }

  private static Optional<PhysicalVolume> labelled(
      RandomAccessFile file, ByteBuffer head, int label) throws IOException {
    int header = label + head.getInt(label + 20);
    if (header < 0 || header + LOCATIONS > head.limit()) {
      return Optional.empty();
    }
    String uuid = text(head, header, UUID_BYTES);
    int lists = 0;
    // Areas of data, a pair of zeros, areas of metadata, a pair of zeros.
    for (int at = header + LOCATIONS; at + 16 <= head.limit() && lists < 2; at += 16) {
      long offset = head.getLong(at);
      if (offset == 0) {
        lists++;
      } else if (lists == 1) {
        Optional<PhysicalVolume> found = area(file, offset, head.getLong(at + 8), uuid);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The text of an area goes round: behind its end it continues behind its header. */
  private static Optional<PhysicalVolume> area(
      RandomAccessFile file, long start, long size, String uuid) throws IOException {
    ByteBuffer header = at(file, start, AREA_HEADER_BYTES);
    if (header.limit() < AREA_HEADER_BYTES) {
      return Optional.empty();
    }
    long offset = header.getLong(RAW_LOCATION);
    long bytes = header.getLong(RAW_LOCATION + 8);
    if (offset < AREA_HEADER_BYTES || offset >= size || bytes <= 0 || bytes > MAX_METADATA_BYTES) {
      return Optional.empty();
    }
    int first = (int) Math.min(bytes, size - offset);
    String metadata =
        text(at(file, start + offset, first))
            + text(at(file, start + AREA_HEADER_BYTES, (int) bytes - first));
    Matcher group = GROUP.matcher(metadata);
    Matcher host = HOST.matcher(metadata);
    return group.find()
        ? Optional.of(new PhysicalVolume(uuid, group.group(1), host.find() ? host.group(1) : ""))
        : Optional.empty();
  }

  private static ByteBuffer at(RandomAccessFile file, long offset, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    file.seek(offset);
    int read = 0;
    while (read < bytes) {
      int n = file.read(content, read, bytes - read);
      if (n < 0) {
        break;
      }
      read += n;
    }
    return ByteBuffer.wrap(content, 0, read).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer buffer) {
    return text(buffer, 0, buffer.limit());
  }

  private static String text(ByteBuffer buffer, int offset, int bytes) {
    byte[] content = new byte[Math.max(0, Math.min(bytes, buffer.limit() - offset))];
    buffer.get(offset, content);
    return new String(content, StandardCharsets.ISO_8859_1);
  }
}
