package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.LongForm;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.model.GuestOptions;

/** What we write for {@code xm}, executed by Python as {@code xm} did. */
class XmPythonTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"python3", "python2"})
  void pythonHasTheVariablesThatWereDeclaredForSeededGuests(String python) throws Exception {
    seeded(python, 200);
  }

  @Test
  @Tag("long")
  void pythonHasTheVariablesThatWereDeclaredForManySeededGuests() throws Exception {
    seeded("python3", LongForm.of(10_000, 50_000));
  }

  @Test
  void noTextOfAProfileBecomesAStatement() throws Exception {
    RealPython python = RealPython.orSkip("python3", folder);
    List<String> hostile =
        List.of(
            "x'; import os; os.abort(); kernel='/srv/k",
            "x\\'; import os; os.abort()#",
            "\\",
            "x\nimport os\nos.abort()\n",
            "x\r\nimport os",
            "['a'] + [__import__('os').abort()]",
            "'''",
            "\u2028import os");
    List<String> texts = new ArrayList<>();
    List<Map<String, String>> expected = new ArrayList<>();
    for (String text : hostile) {
      GuestBuilder guest = new GuestBuilder().vif(text);
      guest.name = guest.kernel = guest.extra = guest.root = guest.bootargs = guest.ip = text;
      guest.onCrash = text;
      Translation file = guest.xm();
      assertThat(file.findings()).isEmpty();
      texts.add(file.text());
      expected.add(ExpectedXm.variables(guest.options()));
    }
    assertThat(python.execute(texts)).isEqualTo(expected);
  }

  private void seeded(String command, int count) throws Exception {
    RealPython python = RealPython.orSkip(command, folder);
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("XmPythonTest: " + count + " guests, -Dseed=" + seed);
    SeededGuests guests = new SeededGuests(seed, Toolstack.XM);
    List<GuestOptions> declared = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      GuestBuilder guest = guests.next();
      Translation file = guest.xm();
      assertThat(file.hasErrors()).as("%s%n%s", file.findings(), guest.options()).isFalse();
      declared.add(guest.options());
      texts.add(file.text());
    }
    List<Map<String, String>> variables = python.execute(texts);
    for (int i = 0; i < count; i++) {
      assertThat(variables.get(i))
          .as("seed %s, guest %s%n%s", seed, i, texts.get(i))
          .isEqualTo(ExpectedXm.variables(declared.get(i)));
    }
  }
}
