package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.guestfile.GuestFileComparison;
import org.quattor.ncm.xen.guestfile.GuestFilePrinter;
import org.quattor.ncm.xen.guestfile.GuestFileReader;
import org.quattor.ncm.xen.guestfile.GuestFileReading;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.model.Disk;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.XlSetting;

/** The files of guests, printed, read, compared and masked. */
class TranslatedFilesTest {

  @Test
  void anXmFileHasTheVariablesThatWereDeclaredForSeededGuests() {
    SeededGuests guests = new SeededGuests(seed(), Toolstack.XM);
    for (int i = 0; i < 2000; i++) {
      GuestBuilder guest = guests.next();
      GuestFile file = read(guest.xm().text(), Toolstack.XM);
      assertThat(leaves(file))
          .as(guest.xm().text())
          .isEqualTo(ExpectedXm.variables(guest.options()));
    }
  }

  @Test
  void anXlFileHasTheDisksAndTheTextsThatWereDeclaredForSeededGuests() {
    SeededGuests guests = new SeededGuests(seed(), Toolstack.XL);
    for (int i = 0; i < 2000; i++) {
      GuestOptions options = guests.next().options();
      String uuid = guests.uuid();
      String text = Translation.of(options, Toolstack.XL, "vm", uuid, null).text();
      GuestFile file = read(text, Toolstack.XL);
      Map<String, String> expected = ExpectedXl.leaves(options, uuid, Map.of());
      assertThat(file.name()).contains(options.name());
      assertThat(file.uuid()).contains(uuid);
      assertThat(file.text("memory")).hasValue("" + options.memoryMib());
      assertThat(file.text("kernel").orElse(null)).isEqualTo(expected.get("b_info.kernel"));
      assertThat(file.text("ramdisk").orElse(null)).isEqualTo(expected.get("b_info.ramdisk"));
      assertThat(file.text("cmdline").orElse(null)).isEqualTo(expected.get("b_info.cmdline"));
      assertThat(file.text("bootloader").orElse(null)).isEqualTo(expected.get("b_info.bootloader"));
      assertThat(targets(file))
          .as(text)
          .isEqualTo(options.allDisks().stream().map(Disk::backing).toList());
      assertThat(file.list("vif")).hasSameSizeAs(options.allVifs());
      for (XlSetting setting : options.settings()) {
        List<String> there =
            setting.value() instanceof XlSetting.Texts
                ? file.list(setting.key())
                : file.text(setting.key()).stream().toList();
        assertThat(there).as(text).isEqualTo(SeededSettings.plain(setting.value()));
      }
    }
  }

  @Test
  void keysThatATakeoverDropsAreNamed() {
    GuestBuilder guest = new GuestBuilder().lvm("xvda", Access.READ_WRITE).vif("bridge=b");
    guest.extra = "4";
    guest.bootloader = "pygrub";
    guest.bootargs = "vif[0]";
    GuestFile before =
        read(
            "name = 'vm01'\nextra = '3'\nroot = '/dev/xvda'\nbuilder = 'linux'\n"
                + "vif = ['bridge=b']\nbootargs = vif[0]\ncpu_cap = '50'\nacpi = '1'\n",
            Toolstack.XM);
    assertThat(GuestFileComparison.lostKeys(before, guest.xm().file()))
        .containsExactly("acpi", "builder", "cpu_cap", "root");
    assertThat(GuestFileComparison.lostKeys(before, guest.xl().file()))
        .containsExactly("acpi", "builder", "cpu_cap");
  }

  @ParameterizedTest
  @EnumSource(Toolstack.class)
  void theFilesOfSeededGuestsAreReadAsTheyWereMade(Toolstack dialect) {
    SeededGuests guests = new SeededGuests(seed(), dialect);
    for (int i = 0; i < 2000; i++) {
      GuestBuilder guest = guests.next();
      Translation made = dialect == Toolstack.XL ? guest.xl() : guest.xm();
      assertThat(GuestFileReader.read(made.text(), dialect)).as(made.text()).isEqualTo(made.file());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[ 'vnc=1,vncpasswd=hush' , \"sdl=1\" ] | ['vnc=1,vncpasswd=********','sdl=1']",
        "[ 'vnc=1' , \"sdl=1\" ]                | [ 'vnc=1' , \"sdl=1\" ]",
      })
  void aListAsItIsDeclaredIsNotShownWhenItHoldsASecret(String declared, String masked) {
    GuestBuilder guest = new GuestBuilder();
    guest.vfb = declared;
    assertThat(GuestFilePrinter.print(guest.xm().file().masked(), Toolstack.XM))
        .contains("vfb = " + masked + "\n")
        .doesNotContain("hush");
  }

  private static List<String> targets(GuestFile file) {
    return file.devices("disk").stream()
        .map(disk -> disk.key("target"))
        .filter(target -> !target.isEmpty())
        .toList();
  }

  private static GuestFile read(String text, Toolstack dialect) {
    GuestFileReading reading = GuestFileReader.read(text, dialect);
    assertThat(reading).as(text).isInstanceOf(GuestFile.class);
    return (GuestFile) reading;
  }

  private static Map<String, String> leaves(GuestFile file) {
    Map<String, String> leaves = new TreeMap<>();
    file.values()
        .forEach(
            (key, value) -> {
              if (value instanceof Items items) {
                int i = 0;
                for (Value element : items.elements()) {
                  leaves.put(key + "[" + i++ + "]", element.plain());
                }
              } else {
                leaves.put(key, value.plain());
              }
            });
    return leaves;
  }

  private static long seed() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("TranslatedFilesTest: -Dseed=" + seed);
    return seed;
  }
}
