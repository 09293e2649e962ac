package org.quattor.ncm.xen.finding;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.quattor.ncm.component.Severity;

/**
 * What the catalogue has on one finding.
 *
 * @param id such as {@code XEN001}
 * @param severity that it is reported with
 * @param title in a few words
 * @param forms the templates by the name of the form; the only or first one has an empty name
 * @param cause why it is reported
 * @param example what brings it about
 * @param fix what to do
 */
public record Entry(
    String id,
    Severity severity,
    String title,
    ImmutableSortedMap<String, Form> forms,
    String cause,
    String example,
    String fix) {

  /**
   * The templates of one text of a finding, as {@link Finding} explains them.
   *
   * @param found what is there
   * @param expected what should be there; may be empty
   * @param hint what to do; may be empty
   */
  public record Form(String found, String expected, String hint) {}

  Form form(String name) {
    Form form = forms.get(name);
    if (form == null) {
      throw new IllegalArgumentException(id + " has no form \"" + name + "\"");
    }
    return form;
  }

  /** Reads a paragraph: id, severity and title; then fields, each with the name of its form. */
  static Entry parse(String paragraph) {
    List<String> lines = Splitter.on('\n').splitToList(paragraph);
    List<String> head = Splitter.on(' ').limit(3).splitToList(lines.get(0));
    Map<String, String> fields = new HashMap<>();
    Map<String, Form> forms = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon < 0
          || fields.put(line.substring(0, colon), line.substring(colon + 1).strip()) != null) {
        throw new IllegalStateException("findings.txt: " + head.get(0) + ": " + line);
      }
    }
    for (String field : fields.keySet()) {
      if (field.equals("found") || field.startsWith("found ")) {
        String form = field.substring("found".length());
        forms.put(
            form.strip(),
            new Form(
                fields.get(field),
                fields.getOrDefault("expected" + form, ""),
                fields.getOrDefault("hint" + form, "")));
      }
    }
    return new Entry(
        head.get(0),
        Severity.valueOf(head.get(1).toUpperCase(Locale.ROOT)),
        head.get(2),
        ImmutableSortedMap.copyOf(forms),
        fields.getOrDefault("cause", ""),
        fields.getOrDefault("example", ""),
        fields.getOrDefault("fix", ""));
  }
}
