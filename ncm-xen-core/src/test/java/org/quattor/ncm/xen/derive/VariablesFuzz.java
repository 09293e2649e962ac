package org.quattor.ncm.xen.derive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Refusal;

/** Any bytes as a file of variables are read, with findings of a line each, or refused. */
public final class VariablesFuzz {

  private VariablesFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path file = Files.createTempFile("variables", "");
    try {
      Files.write(file, input);
      HostVariables variables = new VariablesReader().file(file).read();
      for (Finding finding : variables.findings()) {
        if (finding.sentence().indexOf('\n') >= 0) {
          throw new AssertionError("not one line: " + finding);
        }
      }
    } catch (Refusal e) {
      if (e.kind() != Refusal.Kind.SETTINGS) {
        throw e;
      }
      if (String.valueOf(e.getMessage()).indexOf('\n') >= 0) {
        throw new AssertionError("not one line", e);
      }
    } finally {
      Files.delete(file);
    }
  }
}
