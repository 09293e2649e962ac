package org.quattor.ncm.xen.profile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Refusal;

/**
 * UTF-8 text that is right to the last byte, or an exception that says which byte is not.
 *
 * <p>What went wrong is kept in {@link #failure}, because parsers wrap what their input throws.
 */
final class StrictText extends Reader {

  /** More than ten times the largest profile seen; a gzip bomb ends here. */
  static final long MAX_BYTES = 128L << 20;

  private final PushbackInputStream source;
  private @Nullable InputStream bytes;
  private final ParseErrors parseErrors;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer undecoded = ByteBuffer.allocate(1 << 16).flip();
  private final CharBuffer decoded = CharBuffer.allocate(1 << 16).flip();
  private long bytesRead;
  private boolean ended;
  private @Nullable Refusal failure;

  StrictText(InputStream in, String source) {
    this.source = new PushbackInputStream(in, 2);
    this.parseErrors = new ParseErrors(source, () -> "byte " + (bytesRead - undecoded.remaining()));
  }

  /** Returns what ended the text before its end, or null. */
  @Nullable Refusal failure() {
    return failure;
  }

  /** Makes the character that {@link #read()} returned last the next one again. */
  void unread() {
    decoded.position(decoded.position() - 1);
  }

  @Override
  public int read() throws IOException {
    return decoded.hasRemaining() || decode() ? decoded.get() : -1;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!decoded.hasRemaining() && !decode()) {
      return -1;
    }
    int count = Math.min(length, decoded.remaining());
    decoded.get(target, offset, count);
    return count;
  }

  /** Decodes some more; false at the end. */
  private boolean decode() throws IOException {
    decoded.clear();
    while (decoded.position() == 0) {
      CoderResult result = decoder.decode(undecoded, decoded, ended);
      if (result.isError() && decoded.position() == 0) {
        decoded.flip();
        throw fail(parseErrors.invalid("not UTF-8 text"));
      }
      if (decoded.position() == 0) {
        if (ended) {
          break;
        }
        fill();
      }
    }
    decoded.flip();
    return decoded.hasRemaining();
  }

  private void fill() throws IOException {
    undecoded.compact();
    int read;
    try {
      if (bytes == null) {
        bytes = unzipped(source);
      }
      read = bytes.read(undecoded.array(), undecoded.position(), undecoded.remaining());
    } catch (EOFException | ZipException e) {
      undecoded.flip();
      throw fail(parseErrors.invalid("the gzip data is damaged or ends too early"));
    } catch (IOException e) {
      undecoded.flip();
      throw fail(ParseErrors.unreadable(parseErrors.source(), e));
    }
    if (read < 0) {
      ended = true;
    } else {
      bytesRead += read;
      undecoded.position(undecoded.position() + read);
    }
    undecoded.flip();
    if (bytesRead > MAX_BYTES) {
      throw fail(parseErrors.invalid("more than " + (MAX_BYTES >> 20) + " MiB of text"));
    }
  }

  /** Looks at the first two bytes: RFC 1952 begins with 1f 8b, which no UTF-8 text does. */
  private static InputStream unzipped(PushbackInputStream source) throws IOException {
    byte[] magic = source.readNBytes(2);
    source.unread(magic);
    boolean gzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    return gzip ? new GZIPInputStream(source, 1 << 16) : source;
  }

  private IOException fail(Refusal e) {
    failure = e;
    return new IOException(e.getMessage(), e);
  }

  /** Does nothing: parsers close their input, but the stream is the caller's. */
  @Override
  public void close() {}
}
