package org.quattor.ncm.xen;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.profile.PanProfileWriter;
import org.quattor.ncm.xen.profile.ProfileReader;

/**
 * Any bytes as a profile are refused in one line, or give findings of a line each; and what was
 * read is the same after it was written in the compiler's two forms.
 */
public final class ProfileFuzz {

  private static final ProfileCheck XL = new ProfileCheck(null, Toolstack.XL);
  private static final ProfileCheck XM = new ProfileCheck(null, Toolstack.XM);

  private ProfileFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Profile profile;
    try {
      profile = read(input);
    } catch (Refusal e) {
      requireLine(String.valueOf(e.getMessage()));
      return;
    }
    Element root = profile.find("/").orElseThrow();
    if (all(root).allMatch(ProfileFuzz::canBeWritten)) {
      requireSame(root, read(PanProfileWriter.json(root).getBytes(StandardCharsets.UTF_8)));
      requireSame(root, read(PanProfileWriter.xml(root).getBytes(StandardCharsets.UTF_8)));
    }
    if (profile.find("/software/components/xen").isEmpty()) {
      return;
    }
    for (ProfileCheck check : new ProfileCheck[] {XL, XM}) {
      for (Finding finding : check.check(profile).findings()) {
        requireLine(finding.sentence());
      }
    }
  }

  private static Profile read(byte[] bytes) {
    return new ProfileReader().read(new ByteArrayInputStream(bytes), "fuzz");
  }

  private static Stream<Element> all(Element element) {
    return Stream.concat(Stream.of(element), element.children().stream().flatMap(ProfileFuzz::all));
  }

  /** The compiler has no infinite numbers, and no keys that an attribute cannot hold. */
  private static boolean canBeWritten(Element element) {
    return element.name().chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"')
        && (element.type() != Element.Type.DOUBLE
            || Double.isFinite(Double.parseDouble(element.text())));
  }

  private static void requireSame(Element root, Profile read) {
    String before = PanProfileWriter.json(root);
    String after = PanProfileWriter.json(read.find("/").orElseThrow());
    if (!before.equals(after)) {
      throw new AssertionError("read again it is another profile:\n" + before + "\n" + after);
    }
  }

  private static void requireLine(String sentence) {
    if (sentence.chars().anyMatch(Character::isISOControl) || sentence.length() > 10_000) {
      throw new AssertionError("not one line: " + sentence);
    }
  }
}
