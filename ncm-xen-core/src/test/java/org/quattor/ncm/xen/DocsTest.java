package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.finding.Entry;
import org.quattor.ncm.xen.schema.FieldTables;
import org.quattor.ncm.xen.schema.Schema;
import org.quattor.ncm.xen.translate.KeyTable;

/**
 * Pages that are made of the code say what the code says. After a deliberate change {@code
 * -Dncm-xen.accept=true} writes them anew.
 */
class DocsTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout"));
  private static final Pattern ID = Pattern.compile("\"(XEN[0-9]{3})[.\"]");

  private static void assertPage(String name, String text) throws IOException {
    Path page = CHECKOUT.resolve("docs").resolve(name);
    if (Boolean.getBoolean("ncm-xen.accept")) {
      Files.writeString(page, text);
    }
    assertThat(text.equals(Files.readString(page)))
        .as("docs/%s is what the code says; -Dncm-xen.accept=true writes it anew", name)
        .isTrue();
  }

  @Test
  void thePageOfTheSchemaIsMadeOfTheSchema() throws IOException {
    assertPage(
        "schema.md",
        """
        # The schema of /software/components/xen

        Made of [`schema.pan`](../schema/components/xen/schema.pan). A step `*` of a path stands for
        every key of a dict, or every item of a list. Mandatory fields are marked; what is meant when
        another one is absent stands with its meaning.

        """
            + FieldTables.of(Schema.builtIn())
            + """
            ## Keys of guest files

            A key of `xl.cfg(5)` or `xm` and the field of `options` that it is written from. What has no
            field goes through `extra_config`. The types of guest were seen with xl 4.17; versions that
            are named come from Xen's documentation. What xl would pass over in silence is an error.

            """
            + KeyTable.markdown());
  }

  @Test
  void theJsonSchemaIsMadeOfTheSchema() throws IOException {
    assertPage("xen.schema.json", Schema.builtIn().jsonSchema());
  }

  @Test
  void thePageOfFindingsIsMadeOfTheCatalogue() throws IOException {
    assertPage("findings.md", FindingsPage.markdown());
  }

  @Test
  void theCatalogueHasEveryFindingAndNoOther() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String module : new String[] {"ncm-xen-api", "ncm-xen-core", "ncm-xen-cli"}) {
      try (Stream<Path> files = Files.walk(CHECKOUT.resolve(module).resolve("src/main/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(
                file -> {
                  Matcher ids = ID.matcher(text(file));
                  while (ids.find()) {
                    used.add(ids.group(1));
                  }
                });
      }
    }
    Set<String> explained =
        Catalogue.get().all().stream()
            .map(Entry::id)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(explained)
        .as("findings.txt in ncm-xen-core has a paragraph for each id")
        .isEqualTo(used);
  }

  @Test
  void theSchemaAsPanIsTheFileThatTheCompilerReads() throws IOException {
    assertThat(Schema.builtIn().pan())
        .isEqualTo(Files.readString(CHECKOUT.resolve("schema/components/xen/schema.pan")));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
