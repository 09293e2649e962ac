package org.quattor.ncm.xen.finding;

import com.google.common.base.Splitter;
import java.util.regex.Pattern;
import org.quattor.ncm.component.Finding;

/** Tells which of the texts of its id a finding has. */
public final class FormMatcher {

  private static final Pattern PLACEHOLDER = Pattern.compile("\"?\\{[^}]*\\}\"?");

  private FormMatcher() {}

  /** Returns whether the finding was made of the form, such as {@code XEN109.reserved}. */
  public static boolean isOf(String form, Finding finding) {
    int dot = form.indexOf('.');
    Entry entry = Catalogue.get().find(dot < 0 ? form : form.substring(0, dot)).orElseThrow();
    Entry.Form texts = entry.form(dot < 0 ? "" : form.substring(dot + 1));
    return finding.id().equals(entry.id())
        && isOfTemplate(texts.found(), finding.found())
        && isOfTemplate(texts.expected(), finding.expected())
        && isOfTemplate(texts.hint(), finding.hint());
  }

  private static boolean isOfTemplate(String template, String text) {
    return Splitter.on("||")
        .trimResults()
        .splitToStream(template)
        .anyMatch(alternative -> pattern(alternative).matcher(text).matches());
  }

  private static Pattern pattern(String alternative) {
    StringBuilder pattern = new StringBuilder();
    for (String fixed : PLACEHOLDER.split(alternative, -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(fixed));
    }
    return Pattern.compile(pattern.toString());
  }
}
