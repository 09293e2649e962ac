package org.quattor.ncm.xen.derive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a Linux kernel, such as {@code 2.6.18-92.el5xen}.
 *
 * @param major the first number
 * @param minor the second
 * @param patch the third; 0 when there is none
 * @param release the first number after the dash; 0 when there is none
 * @param text the whole
 */
record KernelVersion(int major, int minor, int patch, int release, String text) {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,3})\\.([0-9]{1,4})(?:\\.([0-9]{1,4}))?(?:-([0-9]{1,6}))?.*");

  static Optional<KernelVersion> of(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new KernelVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                number(matcher.group(3)),
                number(matcher.group(4)),
                text))
        : Optional.empty();
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  boolean isBefore(int otherMajor, int otherMinor, int otherPatch) {
    if (major != otherMajor) {
      return major < otherMajor;
    }
    return minor != otherMinor ? minor < otherMinor : patch < otherPatch;
  }

  /**
   * Returns whether it is of a system before Scientific Linux 4.5, whose kernel was 2.6.9-55; from
   * there on disks of guests are called xvda instead of sda.
   */
  boolean isBeforeXvd() {
    return isBefore(2, 6, 9) || (!isBefore(2, 6, 9) && isBefore(2, 6, 10) && release < 55);
  }

  /**
   * Returns whether it runs as a paravirtual guest: kernels of a flavour of their own ({@code xen},
   * {@code xenU}) up to 2.6.22, any from 2.6.23 on, where kernel.org's own learnt it.
   */
  boolean isForXen() {
    return !isBefore(2, 6, 23) || text.contains("xen");
  }
}
