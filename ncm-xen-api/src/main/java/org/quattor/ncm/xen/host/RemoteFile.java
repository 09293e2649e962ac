package org.quattor.ncm.xen.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file on a web server, and what has to be in it. Its text does not show who asks for it.
 *
 * @param url of {@code http} or {@code https}; may hold {@code user:password@} before the host
 * @param sha256 the SHA-256 digest of the content, 64 hexadecimal digits in lower case
 */
public record RemoteFile(String url, String sha256) {

  private static final Pattern URL = Pattern.compile("(https?://)(?:([^/?#]*)@)?([^?#]*)(.*)");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Checks the forms; the message holds none of the values. */
  public RemoteFile {
    if (!URL.matcher(url).matches()) {
      throw new IllegalArgumentException("not a URL of http or https");
    }
    if (!DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException("not a SHA-256 digest of 64 hexadecimal digits");
    }
  }

  /** Returns the URL without user and password. */
  public String address() {
    Matcher parts = parts();
    return parts.group(1) + parts.group(3) + parts.group(4);
  }

  /** Returns the part before the host, such as {@code user:password}; empty when there is none. */
  public String userInfo() {
    String user = parts().group(2);
    return user == null ? "" : user;
  }

  /**
   * Returns the URL for people: without user and password, and with {@code ?...} for a query, since
   * queries hold signatures and tokens.
   */
  public String shown() {
    Matcher parts = parts();
    return parts.group(1) + parts.group(3) + (parts.group(4).startsWith("?") ? "?..." : "");
  }

  private Matcher parts() {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalStateException("a URL that was checked");
    }
    return matcher;
  }

  @Override
  public String toString() {
    return shown() + " with SHA-256 " + sha256;
  }
}
