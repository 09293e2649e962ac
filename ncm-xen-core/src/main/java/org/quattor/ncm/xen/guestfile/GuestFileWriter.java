package org.quattor.ncm.xen.guestfile;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.GuestOptions;

/** Writes the file of a guest in the dialect of a toolstack. */
public final class GuestFileWriter {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private GuestFileWriter() {}

  /** Returns whether {@code xl} takes the text as a uuid. */
  public static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  /**
   * Returns the file. The same arguments give the same bytes: there is no time in it.
   *
   * <p>What the toolstack would pass over in silence is translated, or it is a finding; {@code
   * download} is never written and not reported here.
   *
   * @param options {@code options} or {@code install_options}
   * @param dialect what reads the file
   * @param purpose which file it is; only the comment at its head depends on it
   * @param uuid the uuid of the domain for {@code xl}; null or empty for none. A file for {@code
   *     xm} has the declared one
   * @param xenVersion of the host; null when it is not known, and then every key that some {@code
   *     xl} understands may be written
   */
  public static RenderedFile render(
      GuestOptions options,
      Toolstack dialect,
      Purpose purpose,
      @Nullable String uuid,
      @Nullable XenVersion xenVersion) {
    Findings findings = new Findings();
    String text =
        switch (dialect) {
          case XM -> new XmFile(options, findings).text(purpose);
          case XL -> new XlFile(options, uuid, xenVersion, findings).text(purpose);
        };
    return new RenderedFile(text, findings.all());
  }
}
