package org.quattor.ncm.xen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts that try to be something else than text, and texts that do not. */
public final class HostileText {

  /** The hostile ones, by what they try to be. */
  public static final Map<String, String> ATTACKS = attacks();

  /** Texts that one field or another takes. */
  public static final List<String> HARMLESS =
      List.of(
          "a",
          "eth0",
          "0",
          "/a",
          "xvdb",
          "w",
          "00:16:3e:00:00:09",
          "192.0.2.9",
          "6b3a7a52-0d1e-4a57-9c2f-3f1f8a1c9d10",
          "0000:03:00.0",
          "type=pv",
          "hostbus=1,hostaddr=3",
          "c",
          "defaults",
          "10Mb/s",
          "backend=0",
          "vnc=1",
          "['vnc=1']",
          "tap:aio",
          "linux",
          "seabios",
          "tablet",
          "pty",
          "bridge=xenbr0",
          "1",
          "r",
          "lvm",
          "1.2.3",
          "/software/components/xen");

  private HostileText() {}

  private static Map<String, String> attacks() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("path up", "../../etc/passwd");
    all.put("absolute path", "/etc/shadow");
    all.put("option", "--config=/etc/shadow");
    all.put("Python statement", "a'; import os; os.abort()#");
    all.put("Python line", "a\nimport os\nos.abort()");
    all.put("xl statement", "a\"; kernel = \"/srv/k");
    all.put("xl line", "a\"\ndisk = ['phy:/dev/sda,xvda,w']\n#");
    all.put("list item", "a', 'phy:/dev/sda,xvdz,w");
    all.put("shell words", "$(reboot)`reboot`;reboot|reboot&");
    all.put("disk spec", "a,target=/dev/sda,script=/srv/s");
    all.put("backslash", "a\\");
    all.put("Python 2 escape", "a\\x27\\");
    all.put("format", "%s%n%1$s{0}${env:HOME}");
    all.put("terminal", "a\u001b[2J\u001b]0;b\u0007");
    all.put("log line", "a\n[OK]   0 errors, 0 warnings executing configure");
    all.put("log line (CR)", "a\r[OK]   0 errors");
    all.put("Unicode line", "a\u2028import os");
    all.put("bidi", "a\u202etxt.exe");
    all.put("NUL", "a\u0000b");
    all.put("half a character", "a\ud800b");
    all.put("100 kB", "x".repeat(100_000));
    return all;
  }
}
