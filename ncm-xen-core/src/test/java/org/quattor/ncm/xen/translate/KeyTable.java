package org.quattor.ncm.xen.translate;

import java.util.stream.Collectors;

/** The keys of guest files as a table in Markdown. */
public final class KeyTable {

  private KeyTable() {}

  /** Returns the table: each key, where it is declared, its value, and which versions read it. */
  public static String markdown() {
    StringBuilder text =
        new StringBuilder("| key | declared in | value | for | read by xl | in xm |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (XlKey key : XlKey.BY_NAME.values()) {
      text.append("| `").append(key.name()).append("` | ").append(place(key)).append(" | ");
      text.append(value(key)).append(" | ");
      text.append(key.types().isEmpty() ? "every type" : String.join(", ", key.types()));
      text.append(" | ").append(versions(key)).append(" | ");
      text.append(key.xm().isEmpty() ? "" : "`" + key.xm() + "`").append(" |\n");
    }
    return text.toString();
  }

  private static String place(XlKey key) {
    if (!key.field().isEmpty()) {
      return "`" + key.field() + "`";
    }
    boolean never = key.kinds().contains("gone") || key.kinds().contains("lists");
    return never ? key.instead() : "`extra_config`";
  }

  private static String value(XlKey key) {
    return key.kinds().stream()
        .map(
            kind ->
                switch (kind) {
                  case "switch" -> "boolean";
                  case "number" -> "long";
                  case "list" -> "list of strings";
                  case "lists" -> "lists in lists";
                  case "own" -> "see the field";
                  case "gone" -> "";
                  default -> "string";
                })
        .collect(Collectors.joining(" or "));
  }

  private static String versions(XlKey key) {
    if (key.last() != null && key.last().compareTo(XlKey.OLDEST) < 0) {
      return "no supported version";
    }
    String from = key.since() == null ? "every version" : "Xen " + key.since() + " and later";
    return key.last() == null ? from : from + ", until " + key.last();
  }
}
