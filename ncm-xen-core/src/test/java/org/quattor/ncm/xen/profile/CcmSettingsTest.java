package org.quattor.ncm.xen.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.Refused;

class CcmSettingsTest {

  @TempDir Path folder;

  private CcmSettings read(String text) throws IOException {
    return CcmSettings.find(Files.writeString(folder.resolve("ccm.conf"), text), null);
  }

  @Test
  void theCacheRootIsReadAmongOtherKeys() throws IOException {
    assertThat(
            read("""
                # the profile server
                profile https://server/profiles/__HOST__.json
                dbformat CDB_File   # fast

                \tcache_root\t/srv/ccm
                json_typed 1
                """)
                .cacheRoot())
        .isEqualTo(Path.of("/srv/ccm"));
  }

  @Test
  void withoutTheKeyTheRootIsTheDefault() throws IOException {
    assertThat(read("").cacheRoot()).isEqualTo(Path.of("/var/lib/ccm"));
  }

  @Test
  void theEnvironmentMayNameAPlaceAndItMayBeEmpty() {
    assertThat(CcmSettings.find(null, folder.toString()).cacheRoot()).isAbsolute();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cache_root=/srv/ccm | is not a key of ccm.conf
          cache_rot /srv/ccm  | did you mean cache_root?
          cache_root          | cache_root has 0 values; expected one
          cache_root a b      | cache_root has 2 values; expected one
          cache_root srv      | expected an absolute path
          """)
  void aWrongLineIsRefusedWithItsPlace(String line, String message) {
    assertThatThrownBy(() -> read("debug 0\n" + line + "\n"))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS))
        .hasMessageContaining("ccm.conf:2: ")
        .hasMessageContaining(message);
  }

  @Test
  void aNamedFileHasToBeThere() {
    assertThatThrownBy(() -> CcmSettings.find(folder.resolve("none"), null))
        .satisfies(Refused.as(Refusal.Kind.SETTINGS));
  }
}
