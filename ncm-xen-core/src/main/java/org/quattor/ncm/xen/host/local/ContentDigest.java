package org.quattor.ncm.xen.host.local;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;

/** SHA-256 over what a file holds, taken while it is read or written. */
public final class ContentDigest {

  private static final int CHUNK_BYTES = 1 << 18;

  private final Hasher hasher = Hashing.sha256().newHasher();

  /** Returns that of a regular file; the last step of the path is not followed. */
  public static String of(DirectoryFiles files, String path) throws HostFailure {
    FileEntry entry = files.look(path);
    if (entry.kind() != FileEntry.Kind.FILE) {
      throw new HostFailure(
          "cannot read " + path + ": it is " + entry.kind().text() + ", not a file");
    }
    ContentDigest digest = new ContentDigest();
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(files.place(path), LinkOption.NOFOLLOW_LINKS)) {
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        digest.add(ByteBuffer.wrap(chunk, 0, length));
      }
    } catch (IOException e) {
      throw IoCause.failure("read " + path, e);
    }
    return digest.text();
  }

  /** Adds bytes; the position of the buffer stays where it is. */
  public void add(ByteBuffer bytes) {
    hasher.putBytes(bytes.duplicate());
  }

  /** Returns 64 hexadecimal digits in lower case; nothing can be added any more. */
  public String text() {
    return hasher.hash().toString();
  }
}
