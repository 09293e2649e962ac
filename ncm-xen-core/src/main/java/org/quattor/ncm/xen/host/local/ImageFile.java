package org.quattor.ncm.xen.host.local;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import org.quattor.ncm.xen.host.HostFailure;

/** The content of image files: lengths of raw ones, headers of qcow2 ones. */
public final class ImageFile {

  private static final int QCOW2_MAGIC = 0x514649fb; // "QFI" and 0xfb, docs/interop/qcow2.txt
  private static final long EXTERNAL_DATA_FILE = 1 << 2;
  private static final int CHUNK_BYTES = 1 << 20;

  private ImageFile() {}

  /**
   * Returns the size of the disk in a qcow2 image, from its header ({@code docs/interop/qcow2.txt}
   * of QEMU, versions 2 and 3).
   *
   * @param name what to call the file in messages
   * @throws HostFailure when it cannot be read, is no such image, or one that needs another file
   */
  public static long qcow2Bytes(Path place, String name) throws HostFailure {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(place))) {
      int magic = in.readInt();
      int version = in.readInt();
      if (magic != QCOW2_MAGIC || version < 2 || version > 3) {
        throw new HostFailure(name + " is not a qcow2 image of version 2 or 3");
      }
      if (in.readLong() != 0) {
        throw new HostFailure(name + " has a backing file, which is not supported; flatten it");
      }
      in.skipNBytes(8);
      long sizeBytes = in.readLong();
      in.skipNBytes(40);
      if (version == 3 && (in.readLong() & EXTERNAL_DATA_FILE) != 0) {
        throw new HostFailure(name + " keeps its data in another file, which is not supported");
      }
      if (sizeBytes < 0) {
        throw new HostFailure(name + " is a damaged qcow2 image: its size is out of range");
      }
      return sizeBytes;
    } catch (EOFException e) {
      throw new HostFailure(name + " is too short for a qcow2 image", e);
    } catch (IOException e) {
      throw IoCause.failure("read " + name, e);
    }
  }

  /** Returns a qcow2 header of version 2 with nothing behind it, as the simulated host keeps it. */
  public static byte[] qcow2Header(long sizeBytes) {
    return ByteBuffer.allocate(72)
        .putInt(QCOW2_MAGIC)
        .putInt(2)
        .putLong(0)
        .putInt(0)
        .putInt(16)
        .putLong(sizeBytes)
        .array();
  }

  /** Sets the length; what is new is a hole that reads as zeros. */
  public static void setLength(Path place, long sizeBytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(place.toFile(), "rw")) {
      file.setLength(sizeBytes);
      file.getFD().sync();
    }
  }

  /** Writes zeros up to the size. */
  public static void writeZeros(Path place, long sizeBytes, LongConsumer progress)
      throws IOException {
    try (FileChannel channel = FileChannel.open(place, StandardOpenOption.WRITE)) {
      ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
      long written = 0;
      while (written < sizeBytes) {
        chunk.clear().limit((int) Math.min(CHUNK_BYTES, sizeBytes - written));
        while (chunk.hasRemaining()) {
          written += channel.write(chunk);
        }
        progress.accept(written);
      }
    }
  }
}
