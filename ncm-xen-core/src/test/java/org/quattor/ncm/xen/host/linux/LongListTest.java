package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.host.HostFailure;

/** The outputs of xl are those of a Xen 4.17 host with one running PV guest. */
class LongListTest {

  private static final DomainConfiguration G1 =
      DomainConfiguration.named("g1")
          .uuid("6ca04c19-25fe-408f-bb87-502d140a7260")
          .memoryKib(128L << 10)
          .maxMemoryKib(192L << 10)
          .vcpus(1)
          .maxVcpus(2)
          .share(new Share("credit2", 256, 0))
          .affinity(ImmutableList.of(ImmutableSet.of(0), ImmutableSet.of(0)))
          .disks(ImmutableList.of(new Disk("/dev/vg/a", "xvda", true)))
          .vifs(ImmutableList.of(new Vif("00:16:3e:11:22:33", "xenbr0")))
          .settings(
              ImmutableMap.of(
                  "kernel", "/boot/vmlinux-domu",
                  "ramdisk", "/boot/initrd-domu.gz",
                  "cmdline", "console=hvc0 quiet"))
          .build();

  private static String recorded(String name) throws IOException {
    try (InputStream in = LongListTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatXlTellsOfAGuestIsRead() throws Exception {
    assertThat(XlLongList.parse(recorded("xl-list-l-4.17.7.json")))
        .containsExactlyEntriesOf(ImmutableMap.of(1, G1));
  }

  @Test
  void liveChangesShowButForPinning() throws Exception {
    assertThat(XlLongList.parse(recorded("xl-list-l-4.17.7-changed-live.json")))
        .containsExactlyEntriesOf(
            ImmutableMap.of(
                1,
                G1.toBuilder()
                    .memoryKib(96L << 10)
                    .maxMemoryKib(256L << 10)
                    .share(new Share("credit2", 512, 50))
                    .disks(
                        ImmutableList.of(
                            new Disk("/dev/vg/a", "xvda", true),
                            new Disk("/dev/vg/b", "xvdb", false)))
                    .vifs(
                        ImmutableList.of(
                            new Vif("00:16:3e:11:22:33", "xenbr0"),
                            new Vif("00:16:3e:11:22:44", ""),
                            new Vif("00:16:3e:11:22:55", "xenbr0")))
                    .build()));
  }

  @Test
  void aDomainThatIsHalfMadeHasNoConfiguration() throws Exception {
    assertThat(XlLongList.parse("[{\"domid\": 7, \"config\": {\"c_info\": {}}}, {\"domid\": 8}]"))
        .isEmpty();
  }

  @Test
  void anEntryThatIsHalfMadeIsLeftOutAndTheOthersAreThere() throws Exception {
    String whole = recorded("xl-list-l-4.17.7.json").strip();
    for (String half :
        new String[] {
          "{\"domid\": 8}",
          "{\"domid\": 8, \"config\": {}}",
          "{\"domid\": 8, \"config\": {\"c_info\": {\"name\": \"\"}}}"
        }) {
      assertThat(XlLongList.parse(whole.substring(0, whole.length() - 1) + "," + half + "]"))
          .containsOnlyKeys(1);
    }
  }

  @Test
  void whatIsCutOffOrHasAWarningBeforeItFailsAsAWhole() throws Exception {
    String whole = recorded("xl-list-l-4.17.7.json").stripTrailing();
    for (int end = 0; end < whole.length(); end += 7) {
      String cut = whole.substring(0, end);
      assertThatThrownBy(() -> XlLongList.parse(cut)).isInstanceOf(HostFailure.class);
    }
    for (String odd :
        new String[] {
          "",
          "\n",
          "libxl: warning\n" + whole,
          whole + whole,
          "\ufeff" + whole,
          "{}",
          "[1]",
          "[{}]",
          "[{\"domid\": -1}]",
          "[{\"domid\": \"1\"}]",
          "\u0000"
        }) {
      assertThatThrownBy(() -> XlLongList.parse(odd)).isInstanceOf(HostFailure.class);
    }
  }

  @Test
  void aDomainThatIsThereTwiceFails() {
    String one = "{\"domid\": %d, \"config\": {\"c_info\": {\"name\": \"%s\"}}}";
    for (String other : new String[] {one.formatted(1, "b"), one.formatted(2, "a")}) {
      assertThatThrownBy(() -> XlLongList.parse("[" + one.formatted(1, "a") + "," + other + "]"))
          .hasMessageEndingWith("expected a name and a domid that no other domain has");
    }
  }

  @Test
  void depthAndLengthAreBounded() {
    assertThatThrownBy(() -> XlLongList.parse("[".repeat(5_000)))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("the output of xl list -l is larger than it may be: ");
    assertThatThrownBy(() -> XlLongList.parse("{\"a\":".repeat(5_000)))
        .isInstanceOf(HostFailure.class);
    assertThatThrownBy(() -> XlLongList.parse("[{\"a\": \"" + "x".repeat(2_000_000) + "\"}]"))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("the output of xl list -l is larger than it may be: ");
    assertThatThrownBy(() -> XmLongList.parse("(".repeat(5_000) + ")".repeat(5_000)))
        .isInstanceOf(HostFailure.class);
  }

  @Test
  void whatIsNoListOfXmDomainsFails() {
    String one = "(domain (domid 1) (name a))";
    for (String odd : new String[] {"Warning: old\n" + one, "(a)" + one, one + one, one + "("}) {
      assertThatThrownBy(() -> XmLongList.parse(odd)).isInstanceOf(HostFailure.class);
    }
  }

  @Test
  void whatIsNoListOfDomainsFails() {
    assertThatThrownBy(() -> XlLongList.parse("libxl: error"))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("the output of xl list -l is not JSON");
  }

  @Test
  void whatXmTellsOfAGuestIsRead() throws Exception {
    String output =
        """
        (domain (domid 0) (name Domain-0) (memory 512))
        (domain
            (domid 3)
            (cpu_weight 512) (cpu_cap 0) (vcpus 2) (cpus ((0 1) (0 1)))
            (on_poweroff destroy) (on_crash restart) (on_reboot restart)
            (uuid 6CA04C19-25fe-408f-bb87-502d140a7260)
            (name web) (maxmem 192) (memory 128) (online_vcpus 1)
            (image (linux (kernel /boot/vmlinuz) (args 'root=/dev/xvda1 ro') (notes (a b))))
            (device (vif (bridge xenbr0) (mac 00:16:3E:00:00:01) (backend 0)))
            (device (vbd (dev xvda:disk) (uname phy:vg/web) (mode w) (VDI )))
            (device (tap (dev hdc:cdrom) (uname tap:aio:/srv/x.iso) (mode r)))
        )
        """;
    assertThat(XmLongList.parse(output))
        .containsExactlyEntriesOf(
            ImmutableMap.of(
                "web",
                DomainConfiguration.named("web")
                    .uuid("6ca04c19-25fe-408f-bb87-502d140a7260")
                    .memoryKib(128L << 10)
                    .maxMemoryKib(192L << 10)
                    .vcpus(1)
                    .maxVcpus(2)
                    .share(new Share("credit", 512, 0))
                    .affinity(ImmutableList.of(ImmutableSet.of(0, 1), ImmutableSet.of(0, 1)))
                    .disks(
                        ImmutableList.of(
                            new Disk("/dev/vg/web", "xvda", true),
                            new Disk("/srv/x.iso", "hdc", false)))
                    .vifs(ImmutableList.of(new Vif("00:16:3e:00:00:01", "xenbr0")))
                    .settings(
                        ImmutableMap.of(
                            "kernel", "/boot/vmlinuz",
                            "cmdline", "root=/dev/xvda1 ro",
                            "on_crash", "restart"))
                    .build()));
  }
}
