package org.quattor.ncm.xen.derive;

import java.util.Comparator;

/** The order in which people count devices: eth2 before eth10, xvdz before xvdaa. */
final class NaturalOrder implements Comparator<String> {

  static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() && j < other.length()) {
      boolean digits = isDigit(one.charAt(i)) && isDigit(other.charAt(j));
      int order;
      if (digits) {
        int endOne = endOfDigits(one, i);
        int endOther = endOfDigits(other, j);
        order = compareNumbers(one.substring(i, endOne), other.substring(j, endOther));
        i = endOne;
        j = endOther;
      } else {
        order = Character.compare(one.charAt(i++), other.charAt(j++));
      }
      if (order != 0) {
        return sameDisks(one, other) ? one.length() - other.length() : order;
      }
    }
    int order = (one.length() - i) - (other.length() - j);
    return order == 0 ? one.compareTo(other) : order;
  }

  /** After xvdz comes xvdaa. */
  private static boolean sameDisks(String one, String other) {
    return one.length() != other.length()
        && one.matches("(?:xv|s|h|v)d[a-z]+")
        && other.matches("(?:xv|s|h|v)d[a-z]+")
        && one.charAt(0) == other.charAt(0);
  }

  private static int compareNumbers(String one, String other) {
    String a = one.replaceFirst("^0+(?=.)", "");
    String b = other.replaceFirst("^0+(?=.)", "");
    return a.length() == b.length() ? a.compareTo(b) : a.length() - b.length();
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
