package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFileReader;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * Files that a person wrote, shown to the real xl: what it refuses, our reader refuses too, or else
 * a simulated guest would start that a real one does not.
 */
class XlRefusesTest {

  private static final String GUEST = "name = \"x\"\nmemory = 64\nkernel = \"/bin/true\"\n";

  @TempDir Path folder;
  private RealXl xl;

  @BeforeEach
  void realXl() throws Exception {
    xl = RealXl.orSkip(folder);
  }

  private void bothTake(boolean taken, String text) throws Exception {
    assertThat(xl.read(text).exit() == 0).as("xl takes it").isEqualTo(taken);
    assertThat(GuestFileReader.read(text, Toolstack.XL) instanceof GuestFile)
        .as("the reader takes it")
        .isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAXMEM = 128\n",
        "Maxmem = 128\n",
        "_x = 1\n",
        "a-b = 1\n",
        "maxmem = 128\r\n",
        "extra = 'a' 'b'\n",
      })
  void whatXlRefusesIsRefused(String line) throws Exception {
    bothTake(false, GUEST + line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";;maxmem = 128 ; # vcpus = 2\n",
        "\tmaxmem=128\n",
        "maxmem = 0x80\n",
        "maxmem = 0200\n",
        "vcpus=1;maxvcpus=2\n",
        "# a comment with the line end of DOS\r\n",
        "on_crash=\"destroy\" # and one at the end\n",
        "name = \"y\"\n",
        "vif = [ 'bridge=br',\n]\n",
      })
  void whatXlTakesIsTaken(String line) throws Exception {
    bothTake(true, GUEST + line);
  }
}
