package org.quattor.ncm.xen.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsMaskTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "vnc=1,vncpasswd=a,b=c            | vnc=1,vncpasswd=********",
        "ks=http://u:p@h/k?t=1 quiet      | ks=http://********@h/k?******** quiet",
        "console=hvc0 ROOT_PASSWORD = x y | console=hvc0 ROOT_PASSWORD =********",
        "/srv/passwd.img                  | /srv/passwd.img",
        "passwords, and http://h/         | passwords, and http://h/",
        "console=hvc0                     | console=hvc0",
      })
  void aValueLosesWhatIsSecret(String value, String masked) {
    assertThat(Secrets.masked(value)).isEqualTo(masked);
  }

  @Test
  @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongTextIsMaskedInNoTime() {
    String hostile = "passw".repeat(40_000) + "://".repeat(40_000) + ",\"".repeat(40_000) + "passw";
    assertThat(Secrets.masked(hostile + "=x")).contains(Secrets.MASK);
  }
}
