package org.quattor.ncm.xen.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskNameTest {

  @ParameterizedTest
  @CsvSource({
    "/dev/sdb, /dev/sdb",
    "/dev/sdb, /dev//sdb",
    "/dev/sdb, /dev/./sdb",
    "/dev/sdb, /dev/sdb/",
    "/dev/sdb, /dev/x/../sdb",
    "/dev/sdb, /../dev/sdb",
    "/dev/sdb, sdb",
    "/dev/sdb, /dev/sdb1",
    "/dev/sdb1, /dev/sdb01",
    "/dev/sdaa, /dev/sdaa15",
    "/dev/vdb, /dev/vdb2",
    "/dev/xvdb, /dev/xvdb2",
    "/dev/dasda, /dev/dasda1",
    "/dev/nvme0n1, /dev/nvme0n1p1",
    "/dev/mmcblk0, /dev/mmcblk0p1",
    "/dev/nbd3, /dev/nbd3p1",
    "/dev/loop0, /dev/loop0p1",
    "/dev/md127, /dev/md127p2",
    "/dev/cciss/c0d0, /dev/cciss/c0d0p1",
    "/dev/disk/by-id/wwn-0x5000c500, /dev/disk/by-id/wwn-0x5000c500-part1",
    "/dev/disk/by-path/pci-0000:00:1f.2-ata-1, /dev/disk/by-path/pci-0000:00:1f.2-ata-1-part2",
    "/dev/mapper/mpatha, /dev/mapper/mpatha1",
    "/dev/mapper/mpatha, /dev/mapper/mpathap1",
    "/dev/mapper/mpathap, /dev/mapper/mpathap1",
    "/dev/mapper/mpatha, /dev/mapper/mpatha-part1",
    "/dev/vg0/web, /dev/mapper/vg0-web",
    "/dev/vg0/web, /dev/disk/by-id/dm-name-vg0-web",
    "/dev/v-g/w-e-b, /dev/mapper/v--g-w--e--b",
    "/dev/v-/w, /dev/mapper/v---w",
    "/dev/x/part1, /dev/mapper/x-part1",
    "/dev/mapper/data, /dev/mapper/./data",
    "/srv/web.img, /srv//xen/../web.img",
  })
  void theseAreOneDiskAsFarAsTextTells(String one, String other) {
    assertThat(DiskName.of(one).overlaps(DiskName.of(other))).isTrue();
    assertThat(DiskName.of(other).overlaps(DiskName.of(one))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/sdb, /dev/sdc",
    "/dev/sdb1, /dev/sdb2",
    "/dev/sdb1, /dev/sdb11",
    "/dev/sda, /dev/sdaa",
    "/dev/nvme0n1, /dev/nvme0n11",
    "/dev/nvme0n1, /dev/nvme1n1p1",
    "/dev/mmcblk0p1, /dev/mmcblk0p2",
    "/dev/mmcblk0, /dev/mmcblk0boot0",
    "/dev/md1, /dev/md127",
    "/dev/mapper/data, /dev/mapper/data1",
    "/dev/disk/by-id/a-part1, /dev/disk/by-id/a-part2",
    "/dev/vg0/web, /dev/vg0/web1",
    "/dev/v-g/web, /dev/mapper/v-g-web",
    "/dev/v/g-web, /dev/mapper/v--g-web",
    "/dev/vg0/web, /dev/vg1/web",
    "/srv/web, /srv/web1",
    "/srv/sdb, /srv/sdb1",
    "/dev, /",
  })
  void theseAreTwo(String one, String other) {
    assertThat(DiskName.of(one).overlaps(DiskName.of(other))).isFalse();
    assertThat(DiskName.of(other).overlaps(DiskName.of(one))).isFalse();
  }
}
