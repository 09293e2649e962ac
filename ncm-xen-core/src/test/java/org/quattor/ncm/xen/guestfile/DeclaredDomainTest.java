package org.quattor.ncm.xen.guestfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.host.Toolstack;

/** The domain that a guest file describes, whoever wrote it. */
class DeclaredDomainTest {

  private static DomainConfiguration domain(String text) {
    return DeclaredDomain.of("web", (GuestFile) GuestFileReader.read(text, Toolstack.XL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          phy:/dev/vg/a,xvda,w            | /dev/vg/a | xvda | true
          phy:/dev/vg/a,xvda,w!           | /dev/vg/a | xvda | true
          phy:/dev/vg/a,ioemu:hda,r       | /dev/vg/a | hda  | false
          file:/a.iso, hdc:cdrom, r       | /a.iso    | hdc  | false
          /dev/vg/a,raw,xvda,rw           | /dev/vg/a | xvda | true
          /dev/vg/a,raw,xvda,ro           | /dev/vg/a | xvda | false
          /dev/vg/a,raw,hdc,ro,devtype=cdrom | /dev/vg/a | hdc | false
          /dev/vg/a,xvda,r,devtype=disk   | /dev/vg/a | xvda | false
          format=raw, vdev=xvda, access=ro, target=/a,b | /a,b | xvda | false
          vdev=xvda,target=/access=ro,    | /access=ro | xvda | true
          vdev=hdc,devtype=cdrom,access=r |           | hdc  | false
          vdev=hdc,target=                |           | hdc  | true
          target=/a                       | /a        |      | true
          ,hdc:cdrom,r                    |           | hdc  | false
          /a.iso,:cdrom,r                 | /a.iso    |      | false
          /dev/vg/a                       | /dev/vg/a |      | true
          """)
  void aDiskIsReadInEachOfItsForms(
      String text, @Nullable String target, @Nullable String device, boolean writable) {
    assertThat(domain("disk = ['" + text + "']").disks())
        .containsExactly(
            new Disk(Strings.nullToEmpty(target), Strings.nullToEmpty(device), writable));
  }

  @Test
  void anEmptyDriveIsBackedByNothing() {
    assertThat(Device.disk("vdev=hdc,target=").key("target")).isEmpty();
    assertThat(Device.disk("vdev=hdc,target=,").key("target")).isEmpty();
    assertThat(Device.disk(",hdc:cdrom,r").key("target")).isEmpty();
  }

  @Test
  void anInterfaceIsItsMacAndItsBridge() {
    assertThat(domain("vif = ['mac=00-16-3E-00-00-0a, bridge = b, untrusted', 'mac=x', '']").vifs())
        .containsExactly(new Vif("00:16:3e:00:00:0a", "b"), new Vif("x", ""), new Vif("", ""));
    assertThat(Device.of("vif", new GuestFile.Text("a=1, b, =c")).keys())
        .containsEntry("a", "1")
        .containsEntry("b", "")
        .containsEntry("", "c");
  }

  @Test
  void theTargetOfADiskIsTakenWithItsCommas() {
    assertThat(Device.disk("vdev=xvda,access=rw,target=/a,b=c").keys())
        .containsOnly(
            Map.entry("vdev", "xvda"), Map.entry("access", "rw"), Map.entry("target", "/a,b=c"));
    assertThat(Device.disk("vdev=hdc,devtype=cdrom").keys()).containsEntry("target", "");
    assertThat(Device.disk("target=/a,b").keys()).containsOnlyKeys("target");
  }

  @Test
  void memoryIsDeclaredInMibAndToldInKib() {
    DomainConfiguration domain =
        domain("memory = 512\nmaxmem = '1024'\nvcpus = 2\nmaxvcpus = 99999999999\n");
    assertThat(domain.memoryKib()).isEqualTo(512 * 1024L);
    assertThat(domain.maxMemoryKib()).isEqualTo(1024 * 1024L);
    assertThat(domain.vcpus()).isEqualTo(2);
    assertThat(domain.maxVcpus()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatIsNoNumberIsLeftOpen() {
    DomainConfiguration domain =
        domain("memory = 'much'\nmaxmem = '1000000000000000'\nvcpus = ['2']\n");
    assertThat(domain.memoryKib()).isNull();
    assertThat(domain.maxMemoryKib()).isNull();
    assertThat(domain.vcpus()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "cpu_weight = 512, 512, 0",
    "cap = 50, 256, 50",
    "cpu_weight = 512;cap = 50, 512, 50"
  })
  void aShareIsAWeightAndALimit(String text, int weight, int cap) {
    assertThat(domain(text).share()).isEqualTo(new Share("", weight, cap));
    assertThat(domain("").share()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0-3,^1 | 0 2 3",
        "5 | 5",
        "2-2 | 2",
        "4095 | 4095",
        "4096 |",
        "3-1 |",
        "all,^1 |",
        "nodes:0-1 |",
        "x |"
      })
  void aListOfCpusIsToldUnlessItDependsOnTheHost(String list, @Nullable String cpus) {
    ImmutableSet<Integer> numbers =
        Splitter.on(' ')
            .omitEmptyStrings()
            .splitToStream(Strings.nullToEmpty(cpus))
            .map(Integer::valueOf)
            .collect(ImmutableSet.toImmutableSet());
    if (cpus == null) {
      assertThat(CpuList.numbers(list)).isEmpty();
    } else {
      assertThat(CpuList.numbers(list)).contains(numbers);
    }
  }

  @Test
  void settingsAreThoseThatAToolstackTellsOfARunningDomain() {
    assertThat(domain("kernel = '/k'\non_reboot = 'destroy'\nlocaltime = 1\n").settings())
        .containsOnly(Map.entry("kernel", "/k"), Map.entry("on_reboot", "destroy"));
  }
}
