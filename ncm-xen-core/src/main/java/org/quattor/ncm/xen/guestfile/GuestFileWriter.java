package org.quattor.ncm.xen.guestfile;

import com.google.common.base.CharMatcher;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.GuestOptions;

/** Writes the file of a guest in the dialect of a toolstack. */
public final class GuestFileWriter {

  private static final CharMatcher HEXADECIMAL =
      CharMatcher.inRange('0', '9')
          .or(CharMatcher.inRange('a', 'f'))
          .or(CharMatcher.inRange('A', 'F'));

  private GuestFileWriter() {}

  /** Returns whether {@code xl} takes the text as a uuid: 8, 4, 4, 4 and 12 digits. */
  public static boolean isUuid(String text) {
    for (int i = 0; i < text.length(); i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text.charAt(i) != '-' : !HEXADECIMAL.matches(text.charAt(i))) {
        return false;
      }
    }
    return text.length() == 36;
  }

  /**
   * Returns the file that says to the toolstack what the options declare.
   *
   * <p>What the toolstack would pass over in silence is translated, or it is a finding; {@code
   * download} is never written and not reported here.
   *
   * @param options {@code options} or {@code install_options}
   * @param dialect what reads the file
   * @param purpose which file it is; only the comment at its head depends on it
   * @param key the guest's key, which names its files
   * @param uuid the uuid of the domain for {@code xl}; null or empty for none. A file for {@code
   *     xm} has the declared one
   * @param xenVersion of the host; null when it is not known, and then every key that some {@code
   *     xl} understands may be written
   */
  public static RenderedFile render(
      GuestOptions options,
      Toolstack dialect,
      Purpose purpose,
      String key,
      @Nullable String uuid,
      @Nullable XenVersion xenVersion) {
    Findings findings = new Findings();
    String name = purpose.file(key);
    GuestFile file =
        switch (dialect) {
          case XM -> new XmFile(options, findings).file(name);
          case XL -> new XlFile(options, uuid, xenVersion, findings).file(name);
        };
    return new RenderedFile(file, dialect, findings.all());
  }
}
