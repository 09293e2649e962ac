package org.quattor.ncm.xen.host.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.ContentDigest;
import org.quattor.ncm.xen.host.local.IoCause;

/**
 * A file that comes in piece by piece: written, its digest taken, and refused as soon as it would
 * fill the file system. The pieces come on other threads than the one that asked for the file.
 */
final class IncomingFile {

  /** Larger than any installation medium; what a mistaken URL leads to may have no end. */
  static final long MAX_BYTES = 16L << 30;

  /** What is left free on the file system, for everybody else. */
  static final long ROOM_LEFT_BYTES = 16L << 20;

  private static final long LOOK_EVERY_BYTES = 4L << 20;

  /** What brings the pieces. */
  interface Transfer {
    /** Calls {@link #expect} and {@link #add}, and returns when all pieces are there. */
    void run() throws HostFailure;
  }

  private final LongSupplier freeBytes;
  private final ContentDigest digest = new ContentDigest();
  private @Nullable FileChannel channel;
  private @Nullable HostFailure failure;
  private long doneBytes;
  private long totalBytes;
  private long lookedAtBytes;

  /**
   * Makes one.
   *
   * @param freeBytes what the file system has left
   */
  IncomingFile(LongSupplier freeBytes) {
    this.freeBytes = freeBytes;
  }

  /** Fills an empty file; pieces that come later are refused. */
  void fill(Path place, Transfer transfer) throws IOException, HostFailure {
    try (FileChannel open = FileChannel.open(place, StandardOpenOption.WRITE)) {
      use(open);
      transfer.run();
    } finally {
      use(null);
    }
    HostFailure found = failure();
    if (found != null) {
      throw found;
    }
  }

  private synchronized void use(@Nullable FileChannel open) {
    channel = open;
  }

  /** Hears how long the file will be; returns whether that can be taken. */
  synchronized boolean expect(long bytes) {
    totalBytes = bytes;
    return mayTake(bytes);
  }

  /** Takes a piece; returns whether more can be taken. */
  synchronized boolean add(ByteBuffer piece) {
    FileChannel open = channel;
    if (open == null || failure != null) {
      return false;
    }
    boolean look = doneBytes + piece.remaining() - lookedAtBytes >= LOOK_EVERY_BYTES;
    if (look || doneBytes == 0) {
      lookedAtBytes = doneBytes;
      if (!mayTake(piece.remaining())) {
        return false;
      }
    }
    try {
      digest.add(piece);
      while (piece.hasRemaining()) {
        doneBytes += open.write(piece);
      }
      return true;
    } catch (IOException e) {
      failure = new HostFailure("it cannot be written: " + IoCause.clause(e), e);
      return false;
    }
  }

  private boolean mayTake(long bytes) {
    long free = freeBytes.getAsLong();
    if (bytes > MAX_BYTES - doneBytes) {
      failure = new HostFailure(String.format("it is larger than %d GiB", MAX_BYTES >> 30));
    } else if (free - ROOM_LEFT_BYTES < bytes) {
      failure =
          new HostFailure(
              String.format(
                  "the file system has only %d MiB left, and %d MiB of them are for others%s",
                  free >> 20,
                  ROOM_LEFT_BYTES >> 20,
                  totalBytes > 0 ? "; the file has " + ((totalBytes >> 20) + 1) + " MiB" : ""));
    }
    return failure == null;
  }

  /** Fails when what has come in is not what was asked for. */
  synchronized void require(String sha256) throws HostFailure {
    String found = digest.text();
    if (!found.equals(sha256)) {
      throw new HostFailure(
          String.format(
              "what the server sent (%d bytes) has the SHA-256 digest %s, and %s is declared",
              doneBytes, found, sha256));
    }
  }

  /** Returns why no more can be taken; null when it can. */
  synchronized @Nullable HostFailure failure() {
    return failure;
  }

  synchronized long doneBytes() {
    return doneBytes;
  }

  synchronized long totalBytes() {
    return totalBytes;
  }
}
