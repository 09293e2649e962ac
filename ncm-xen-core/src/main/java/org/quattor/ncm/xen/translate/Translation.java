package org.quattor.ncm.xen.translate;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFilePrinter;
import org.quattor.ncm.xen.guestfile.Quoting;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.GuestOptions;

/**
 * A guest file for a toolstack, and what is to say about it.
 *
 * @param file without what an error is about
 * @param dialect the toolstack that it is for
 * @param findings in the order of the file; none of them holds the value of a secret
 */
public record Translation(GuestFile file, Toolstack dialect, ImmutableList<Finding> findings) {

  /**
   * Returns the file that tells the toolstack what the options declare.
   *
   * <p>What the toolstack would pass over in silence is translated, or it is a finding; {@code
   * download} is never written and not reported here.
   *
   * @param options {@code options} or {@code install_options}
   * @param dialect what reads the file
   * @param name of the file in {@code /etc/xen}; only the comment at its head depends on it
   * @param uuid the uuid of the domain for {@code xl}; null or empty for none. A file for {@code
   *     xm} has the declared one
   * @param xenVersion of the host; null when it is not known, and then every key that some {@code
   *     xl} understands may be written
   */
  public static Translation of(
      GuestOptions options,
      Toolstack dialect,
      String name,
      @Nullable String uuid,
      @Nullable XenVersion xenVersion) {
    Findings findings = new Findings();
    GuestFile file =
        switch (dialect) {
          case XM -> new XmFile(options, findings).file(name);
          case XL -> new XlFile(options, uuid, xenVersion, findings).file(name);
        };
    return new Translation(file, dialect, findings.all());
  }

  /** Returns whether the file of a toolstack can contain a text; otherwise reports why not. */
  static boolean canContain(String text, Toolstack dialect, String path, Findings findings) {
    Optional<Character> obstacle = Quoting.obstacle(text, dialect == Toolstack.XL);
    obstacle.ifPresent(
        c ->
            findings.add(
                Character.isSurrogate(c) ? "XEN200.surrogate" : "XEN200",
                path,
                "character",
                String.format("U+%04X", (int) c)));
    return obstacle.isEmpty();
  }

  /** Returns the text of the file. */
  public String text() {
    return GuestFilePrinter.print(file, dialect);
  }

  /** Returns whether the file must not be written, because it is not what was declared. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
