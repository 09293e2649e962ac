package org.quattor.ncm.xen.host.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads a stream to its end in a thread of its own; what is over the cap is read and dropped. */
final class CappedOutput {

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int capBytes;
  private final Thread thread;
  private volatile boolean overflown;

  private CappedOutput(InputStream stream, int capBytes, String name) {
    this.capBytes = capBytes;
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
    int room = Math.min(n, capBytes - kept.size());
    kept.write(buffer, 0, room);
    overflown |= room < n;
  }

  /** Waits for the end, but not longer: a process left behind may hold the stream open. */
  void await(Duration longest) throws InterruptedException {
    thread.join(Math.max(1, longest.toMillis()));
  }

  /** Returns whether there was more than the cap. */
  boolean overflown() {
    return overflown;
  }

  /** Returns what was read, as UTF-8. */
  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
