package org.quattor.ncm.xen.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

  private static final Mask HUNTER = Mask.of(List.of("hunter2-zz"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad: hunter2-zz",
        "xhunter2-zzx",
        "vfb = [ \"type=vnc,vncpasswd=hunter2-zz\" ]",
        "hunt\ner2-zz",
        "hunter2\r\n    -zz",
        "hun; ter2-zz",
        "hunter2\\n-zz",
        "hunter2-\\\n  zz",
        "the line hunter…",
        "\"the line hunter2\"… goes on",
        "hunter2-zzhunter2-zz",
        "a buffer ends with hunter",
        "a line ends with hunter2-\nand goes on",
        "a line ends with hunter...",
        "> hunter2\n> -zz",
        "hun\u001b[1;31mter2\u001b[0m-zz",
        "hun\\u{1b}[1mter2-zz",
        "hunter\0002-zz",
      })
  void aSecretIsFoundWhereverATextWasBroken(String text) {
    assertThat(HUNTER.masked(text))
        .contains(Secrets.MASK)
        .doesNotContain("hunt")
        .doesNotContain("zz");
  }

  @Test
  void theRestOfTheTextStays() {
    assertThat(HUNTER.masked("one hunter2-zz two")).isEqualTo("one ******** two");
    assertThat(HUNTER.masked("hunter's lodge; hunter2 is away"))
        .isEqualTo("hunter's lodge; hunter2 is away");
    assertThat(HUNTER.masked("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "p\"ss'w~p\\\"ss'w",
        "p\"ss'w~p\"ss'\\''w",
        "p\"ss'w~p&quot;ss&#39;w",
        "p\"ss'w~p\"ss\\'w",
        "p s&s/w~p%20s%26s%2Fw",
        "p s&s/w~p+s%26s%2Fw",
        "back\\slash~back\\\\slash",
        "pässword~pässword",
        "p s&s/w~p\\ s\\&s\\/w",
        "p s&s/w~p%20s%26s%2fw",
        "p s&s/w~p\\u0020s\\u0026s\\u002fw",
        "p s&s/w~p\\x20s\\x26s\\x2fw",
        "p s&s/w~p\\040s\\046s\\057w",
        "p s&s/w~70207326732f77",
        "hunter2-zz~aHVudGVyMi16eg",
      })
  void aSecretIsFoundInTheFormsThatToolsGiveIt(String secret, String shown) {
    assertThat(Mask.of(List.of(secret)).masked("a " + shown + " b")).isEqualTo("a ******** b");
  }

  /** {@code printf 'root:hunter2-zz' | base64}, and the same for shorter names. */
  @ParameterizedTest
  @CsvSource({
    "cm9vdDpodW50ZXIyLXp6,udW50ZXIy",
    "cm86aHVudGVyMi16eg==,VudGVyMi",
    "cjpodW50ZXIyLXp6,50ZXIy"
  })
  void aSecretIsFoundInBase64BehindOtherText(String encoded, String digits) {
    assertThat(HUNTER.masked("key " + encoded)).contains(Secrets.MASK).doesNotContain(digits);
  }

  /** Otherwise a password of one letter would leave nothing of any message. */
  @Test
  void aShortSecretIsHiddenBehindItsNameOnly() {
    Mask mask = Mask.of(List.of("a", "on", "abc", ""));
    assertThat(mask.masked("cannot start abc on a host")).isEqualTo("cannot start abc on a host");
    assertThat(mask.masked("vncpasswd=abc, password: x, \"passwd\":\"on\", passwd = 'a'"))
        .isEqualTo("vncpasswd=********, password: x, \"passwd\":\"********\", passwd = '********'");
  }

  @Test
  void whatNobodyDeclaredIsHiddenBehindANameAndBeforeAHost() {
    assertThat(HUNTER.masked("vncpasswd=old,vnc=1 ks=https://me:pw@host/ks?x=1"))
        .isEqualTo("vncpasswd=********,vnc=1 ks=https://********@host/ks?x=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rootpw", "token", "psk", "pwd", "wifi.secret", "inst.passphrase"})
  void aKernelArgumentWithASecretIsNotShown(String name) {
    assertThat(Secrets.masked("root=/dev/xvda1 " + name + "=abcdef ro"))
        .isEqualTo("root=/dev/xvda1 " + name + "=********");
    assertThat(Secrets.in(false, "quiet " + name + "=abcdef ro")).contains("abcdef");
  }

  /** A profile may hold any characters. */
  @ParameterizedTest
  @ValueSource(strings = {"a\ud800bcd", "\udc00abcd", "abcd\u0000e", "%zz%zz", "\u202eabcd"})
  void anyTextMayBeASecret(String secret) {
    assertThat(Mask.of(List.of(secret)).masked("x " + secret + " y")).isEqualTo("x ******** y");
    assertThat(Mask.of(Secrets.in(false, "https://u:" + secret + "@h/?a=" + secret)).masked(secret))
        .isEqualTo(Secrets.MASK);
  }

  @Test
  void ofTwoSecretsTheLongerOneIsTaken() {
    assertThat(Mask.of(List.of("abcd", "abcdefgh")).masked("x abcdefgh y"))
        .isEqualTo("x ******** y");
  }

  @Test
  void thousandsOfSecretsAndLongTextsTakeNoTime() {
    List<String> secrets = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      secrets.add("pass-word-" + i);
    }
    Mask mask = Mask.of(secrets);
    String text = "no secret in this line at all, nor pass\n".repeat(50_000);
    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(mask.masked(text)).isEqualTo(text));
  }
}
