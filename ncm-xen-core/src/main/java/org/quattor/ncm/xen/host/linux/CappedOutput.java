package org.quattor.ncm.xen.host.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads a stream to its end in a thread of its own. Of what is over the cap the middle is dropped:
 * the first cause of a failure stands at the beginning of messages, the last one at the end.
 */
final class CappedOutput {

  private final ByteArrayOutputStream first = new ByteArrayOutputStream();
  private final ByteArrayOutputStream last = new ByteArrayOutputStream();
  private final int halfBytes;
  private final Thread thread;
  private long droppedBytes;

  private CappedOutput(InputStream stream, int capBytes, String name) {
    this.halfBytes = capBytes / 2;
    this.thread = new Thread(() -> drain(stream), "output of " + name);
    thread.setDaemon(true);
  }

  /** Begins to read. */
  static CappedOutput of(InputStream stream, int capBytes, String name) {
    CappedOutput output = new CappedOutput(stream, capBytes, name);
    output.thread.start();
    return output;
  }

  private void drain(InputStream stream) {
    byte[] buffer = new byte[1 << 14];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException e) {
      // The stream was closed when the process was ended: what came until then is all there is.
    }
  }

  private synchronized void keep(byte[] buffer, int n) {
    int room = Math.min(n, halfBytes - first.size());
    first.write(buffer, 0, room);
    last.write(buffer, room, n - room);
    if (last.size() >= 2L * halfBytes) {
      cut();
    }
  }

  /** Drops what is before the last half of the cap. */
  private void cut() {
    int over = last.size() - halfBytes;
    if (over > 0) {
      byte[] bytes = last.toByteArray();
      last.reset();
      last.write(bytes, over, halfBytes);
      droppedBytes += over;
    }
  }

  /** Waits for the end, but not longer: a process left behind may hold the stream open. */
  void await(Duration longest) throws InterruptedException {
    thread.join(Math.max(1, longest.toMillis()));
  }

  /** Returns whether there was more than the cap. */
  synchronized boolean overflown() {
    cut();
    return droppedBytes > 0;
  }

  /** Returns what was read, as UTF-8; what was dropped is a line that says how much it was. */
  synchronized String text() {
    cut();
    return first.toString(StandardCharsets.UTF_8)
        + (droppedBytes == 0 ? "" : "\n(" + droppedBytes + " bytes left out)\n")
        + last.toString(StandardCharsets.UTF_8);
  }
}
