package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.Disk.Access;

/** What is said of an option that {@code xl} could not read, and what is written instead. */
class XlFindingsTest {

  static Stream<Arguments> sentences() {
    return Stream.of(
        row(guest -> guest.vfb = "vnc=1,x", "part 2 has no =", "a value cannot contain a comma"),
        row(
            guest -> guest.vfb = "type=vnnc",
            "the type is neither vnc nor sdl",
            "did you mean vnc?"),
        row(guest -> guest.vfb = "type=x11", "the type is neither vnc nor sdl", ""),
        row(
            guest -> guest.vfb = "vncpasswd=a,vncpaswd=b",
            "part 2 has an unknown key",
            "did you mean vncpasswd?"),
        row(guest -> guest.vtpm = "uuid=x", "\"uuid=x\" is not a part of a virtual TPM for xl", ""),
        row(
            guest -> guest.vtpm = "instance=1",
            "xl does not support instance of a virtual TPM",
            "write the domain of the virtual TPM as backend, and remove instance"),
        row(
            guest -> guest.vtpm = "backend=",
            "\"backend=\" is not a part of a virtual TPM for xl",
            ""),
        row(guest -> guest.vif("bridge="), "bridge has no value", ""),
        row(guest -> guest.vif("rate=10"), "rate is \"10\"", ""),
        row(
            guest -> guest.nfsRoot = "/srv",
            "nfs_server is missing",
            "declare nfs_server, or remove nfs_root"),
        row(
            guest -> {
              guest.nfsServer = "nfs";
              guest.nfsRoot = "/a b";
            },
            "\"/a b\" has a blank, which would end the kernel's argument nfsroot=",
            "export the directory under a path without blanks"));
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void theFindingSaysWhatIsWrong(Consumer<GuestBuilder> change, List<String> foundAndHint) {
    GuestBuilder guest = new GuestBuilder();
    change.accept(guest);
    Finding finding = guest.xl().findings().get(0);
    assertThat(List.of(finding.found(), finding.hint())).isEqualTo(foundAndHint);
  }

  @Test
  void whatXlCannotReadIsNotWritten() {
    GuestBuilder guest =
        new GuestBuilder()
            .file("/srv/é.img", "xvda", Access.READ_ONLY, ImageFormat.RAW)
            .phy("/dev/a b", "xvdb", Access.READ_ONLY)
            .vif("vlan=10p/20");
    guest.type = "hvm";
    guest.builder = "xen";
    Translation file = guest.xl(new XenVersion(4, 17));
    assertThat(file.findings())
        .extracting(finding -> finding.path().replaceFirst(".*disk/", ""), Finding::expected)
        .contains(
            tuple("0/path", "a path of ASCII characters without \\"),
            tuple("1/hostdevice", "a path of ASCII characters without blanks and \\ * ? ["));
    assertThat(file.text()).contains("type = \"hvm\"\n", "disk = []\n", "vif = [\n  \"\",\n]\n");
  }

  @Test
  void aFindingShowsAValueOnOneLineAndNotWithoutEnd() {
    GuestBuilder guest = new GuestBuilder();
    guest.builder = "a\n\u0085\u2028\u2029é";
    assertThat(guest.xl().findings().get(0).found())
        .isEqualTo("\"a\\n\\u{85}\\u{2028}\\u{2029}é\" is not a builder");
    guest.builder = "x".repeat(1_000);
    assertThat(guest.xl().findings().get(0).found())
        .isEqualTo("\"" + "x".repeat(60) + "\"… is not a builder");
  }

  @Test
  void aTypingErrorInAVifNamesWhatMayBeMeant() {
    Translation file = new GuestBuilder().vif("brige=dmz").xl();
    assertThat(file.findings().get(0).hint()).isEqualTo("did you mean bridge?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "vnc=1,vncpasswd=s3,cret",
        "vnc=1,vncpaswd=s3cret",
        "vncpasswd=s3,cret=x",
        "type=s3cret",
        "['vncpasswd=s3cret' 'x']",
        "['vncpasswd=s3cret'",
        "vncdisplay=s3cret",
        "vnc=s3cret",
      })
  void noFindingRepeatsWhatMayBeAPassword(String vfb) {
    GuestBuilder guest = new GuestBuilder();
    guest.vfb = vfb;
    for (Translation file : List.of(guest.xl(), guest.xm())) {
      assertThat(file.findings().toString()).doesNotContain("s3", "cret");
    }
    assertThat(guest.xl().hasErrors()).isTrue();
  }

  private static Arguments row(Consumer<GuestBuilder> change, String... expected) {
    return Arguments.of(change, List.of(expected));
  }
}
