package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.finding.Entry;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.text.NearestName;
import org.quattor.ncm.xen.text.Words;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ncm-xen explain}. */
final class ExplainCommand extends Command {

  private final OutputOptions output = new OutputOptions(this);

  private final PositionalParamSpec ids =
      add(
          Declare.arguments()
              .paramLabel("ID")
              .description("Ids of findings, such as XEN107.")
              .build());

  ExplainCommand(Session session) {
    super("explain", session);
    describe(
        "Explain a finding by its id.",
        "",
        "Prints its cause, an example, and the fix; without an id, the titles of all findings.");
    examples("ncm-xen explain XEN107", "ncm-xen explain | grep MAC");
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::explain);
  }

  private Exit explain(Console console) {
    List<String> named = ids.getValue();
    Catalogue catalogue = Catalogue.get();
    ImmutableList<Entry> wanted =
        named.isEmpty()
            ? catalogue.all()
            : named.stream()
                .map(id -> catalogue.find(id).orElseThrow(() -> unknown(id, catalogue)))
                .collect(ImmutableList.toImmutableList());
    if (output.json()) {
      console.answer(JsonReport.explain(wanted));
    } else if (named.isEmpty()) {
      wanted.forEach(
          entry ->
              console.answerLine(
                  String.format(
                      "%s  %-7s  %s", entry.id(), Words.of(entry.severity()), entry.title())));
    } else {
      for (Entry entry : wanted) {
        lines(entry).forEach(console::answerLine);
        if (wanted.indexOf(entry) < wanted.size() - 1) {
          console.answerLine("");
        }
      }
    }
    return Exit.DONE;
  }

  private static ImmutableList<String> lines(Entry entry) {
    return ImmutableList.of(
        entry.id() + " (" + Words.of(entry.severity()) + "): " + entry.title(),
        "",
        "Cause:   " + entry.cause(),
        "Example: " + entry.example(),
        "Fix:     " + entry.fix());
  }

  private static Failure unknown(String id, Catalogue catalogue) {
    return new Failure(
        Exit.USAGE,
        "unknown finding \""
            + id
            + "\"; "
            + NearestName.of(id, catalogue.all().stream().map(Entry::id).toList())
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("expected an id such as XEN107; ncm-xen explain lists all ids"));
  }
}
