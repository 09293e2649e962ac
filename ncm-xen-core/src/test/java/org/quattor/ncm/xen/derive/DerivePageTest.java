package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about deriving says of the variables what the code says. */
class DerivePageTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout"));

  @Test
  void thePageHasEveryVariableWithItsMeaningAndItsDefault() throws IOException {
    String page = Files.readString(CHECKOUT.resolve("docs/derive.md"));
    for (Variable<?> variable : Variable.all()) {
      assertThat(page)
          .contains(
              "| `%s` | %s | %s |\n"
                  .formatted(variable.name(), variable.meaning(), variable.standard()));
    }
    assertThat(page).contains(Variable.OF_TEMPLATES_ONLY);
  }

  @Test
  void thePageHasTheRowsThatFindingsName() throws IOException {
    String page = Files.readString(CHECKOUT.resolve("docs/derive.md"));
    for (int row = 2; row <= 7; row++) {
      assertThat(page).contains("\n| C" + row + " | ");
    }
  }

  @Test
  void theExampleOfVariablesIsRight() {
    HostVariables variables =
        new VariablesReader()
            .file(CHECKOUT.resolve("docs/examples/xen-cluster/xen.properties"))
            .file(CHECKOUT.resolve("docs/examples/xen-cluster/moved/moved.properties"))
            .read();
    assertThat(variables.findings()).isEmpty();
    assertThat(variables.database().get("xen2.example.org")).contains("news.example.org");
  }
}
