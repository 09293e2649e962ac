package org.quattor.ncm.xen.guestfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.host.Toolstack;

/** What is shown of a guest file without its secrets is still a guest file. */
class GuestFileMaskTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "vncpasswd = \"a\\\"b\"            | vncpasswd = '********'",
        "spicepasswd = 'a'                 | spicepasswd = '********'",
        "spicepasswd = 12345678            | spicepasswd = '********'",
        "spicepasswd = ['a']               | spicepasswd = '********'",
        "vfb = ['vncpasswd=a','sdl=1']     | vfb = ['vncpasswd=********','sdl=1']",
        "vfb = [\"vnc=1,vncpasswd=a'\" , ] | vfb = ['vnc=1,vncpasswd=********']",
        "a = [['vncpasswd=a'], 1]          | a = [['vncpasswd=********'],1]",
        "disk = ['x,target=/psk=a']        | disk = ['x,target=/psk=********']",
        "name = \"passwords\"              | name = 'passwords'",
        "memory = 128                      | memory = 128",
      })
  void aSecretIsMaskedWhereverItStands(String line, String masked) {
    GuestFile file = (GuestFile) GuestFileReader.read("# \n" + line, Toolstack.XM);
    assertThat(GuestFilePrinter.print(file.masked(), Toolstack.XM)).isEqualTo(masked + "\n");
    assertThat(file.masked().masked()).isEqualTo(file.masked());
    assertThat(file.masked().devices("disk").toString()).doesNotContain("=a");
  }
}
