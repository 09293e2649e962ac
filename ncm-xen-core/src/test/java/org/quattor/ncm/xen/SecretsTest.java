package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.report.NcmLines;
import org.quattor.ncm.xen.report.StatusText;
import org.quattor.ncm.xen.status.HostStatus;

/** Passwords of a profile are in the guest file, which is root's alone, and nowhere else. */
class SecretsTest {

  private static final String SECRET = "Xy7-mark";

  @TempDir Path folder;

  private static Profile guest(String options) {
    return Scenario.domains(
        """
        {"g": {"options": {"name": "g", "memory": 128, "kernel": "/boot/vmlinuz", %1$s},
               "install_options": {"name": "g", "memory": 128, "kernel": "/boot/vmlinuz", %1$s}}}
        """
            .formatted(options));
  }

  /** Returns everything that is said of a run, to people and to programs. */
  private List<String> said(Profile profile, String toolstack) {
    List<String> said = new ArrayList<>();
    Scenario host = new Scenario(folder);
    ComponentListener listener =
        new ComponentListener() {
          @Override
          public void command(String line) {
            said.add(line);
          }

          @Override
          public void started(PlannedAction action) {
            said.add(action.toString());
          }

          @Override
          public void planned(ComponentPlan plan) {
            said.add(plan.toString());
          }
        };
    ComponentContext context =
        host.context(profile).listener(listener).option("toolstack", List.of(toolstack)).build();
    XenComponent component = new XenComponent(duration -> {});
    ComponentResult result = component.configure(context);
    said.add(JsonReport.result(result, false));
    said.add(JsonReport.plan(result.plan()));
    result.plan().findings().forEach(finding -> said.add(NcmLines.finding(finding).text()));
    result.actions().forEach(action -> said.add(NcmLines.action(action).text()));
    HostStatus status = component.status(context);
    said.add(JsonReport.status(status));
    said.addAll(StatusText.lines(status));
    Toolstack dialect = toolstack.equals("xm") ? Toolstack.XM : Toolstack.XL;
    ShownGuests shown = component.show(context, dialect).masked();
    said.add(JsonReport.show(shown));
    said.add(shown.toString());
    said.add(new ProfileCheck(null, dialect).check(profile).findings().toString());
    return said;
  }

  private void assertKept(List<String> said) throws IOException {
    assertThat(said).isNotEmpty().noneMatch(text -> text.contains(SECRET));
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        assertThat(file.toString()).doesNotContain(SECRET);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET)) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as("%s holds a password", file)
              .isEqualTo("rw-------");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"vnc\": true, \"vncpasswd\": \"" + SECRET + "\"",
        "\"vfb\": \"vnc=1,vncpasswd=" + SECRET + "\"",
        "\"vfb\": \"['vnc=1,vncpasswd=" + SECRET + "']\"",
        "\"vncpasswd\": \"" + SECRET + "\"",
        "\"type\": \"hvm\", \"vnc\": true, \"vncpasswd\": \"" + SECRET + "\"",
        "\"extra_config\": {\"spice\": \"1\", \"spicepasswd\": \"" + SECRET + "\"}",
      })
  void aPasswordIsInTheGuestFileAlone(String options) throws IOException {
    assertKept(said(guest(options), "xl"));
    // A change of it is a change like any other.
    assertKept(said(guest(options.replace(SECRET, SECRET + "2")), "xl"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"cmdline\": \"console=hvc0 rootpassword=" + SECRET + " quiet\"",
        "\"extra\": \"ks=https://user:" + SECRET + "@example.org/ks.cfg\"",
      })
  void aPasswordOnAKernelsCommandLineIsNotSaid(String options) {
    List<String> said = said(guest(options), "xl");
    said.addAll(said(guest(options.replace(SECRET, SECRET + "2")), "xl"));
    assertThat(said).anyMatch(text -> text.contains("cmdline")).noneMatch(t -> t.contains(SECRET));
  }

  /** Whatever a host says of a failure may quote the guest file, or a line of another tool. */
  @Test
  void aHostThatQuotesAPasswordDoesNotBringItIntoOurWords() {
    Profile profile = guest("\"vfb\": \"type=vnc,vncpasswd=" + SECRET + "\"");
    String words = "cannot: \"vncpasswd=" + SECRET + "\"; Xy7\n -mark; wrong " + SECRET + "x";
    for (HostOperation operation : HostOperation.all()) {
      Scenario scenario = new Scenario(folder.resolve(operation.toString().replace('/', '.')));
      XenHost host =
          HostProxy.of(
              scenario.host(),
              (method, arguments, asking) -> {
                if (HostOperation.mayFail(method) && new HostOperation(method).equals(operation)) {
                  throw new HostFailure(words);
                }
                return asking.run();
              });
      List<String> said = new ArrayList<>();
      ComponentContext context =
          scenario
              .context(profile)
              .operations(XenHost.class, host)
              .listener(
                  new ComponentListener() {
                    @Override
                    public void planned(ComponentPlan plan) {
                      said.add(plan.toString());
                    }

                    @Override
                    public void finished(ActionResult result) {
                      said.add(result.toString());
                    }
                  })
              .build();
      XenComponent component = new XenComponent(duration -> {});
      try {
        said.add(JsonReport.status(component.status(context)));
        said.add(JsonReport.result(component.configure(context), false));
      } catch (Refusal e) {
        assertThat(e.kind()).isEqualTo(Refusal.Kind.UNREADABLE_HOST);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
          said.add(String.valueOf(cause.getMessage()));
        }
      }
      assertThat(said)
          .as("%s", operation)
          .isNotEmpty()
          .noneMatch(text -> text.contains(SECRET) || text.contains("Xy7"));
    }
  }

  @Test
  void aPasswordForXmIsInTheGuestFileAlone() throws IOException {
    Scenario host =
        new Scenario(folder)
            .with(
                bare ->
                    bare.withFacts(new HostFacts(Set.of(Toolstack.XM), true, true, null, "xen1")));
    host.file("/etc/xen/byhand", "");
    assertKept(said(guest("\"vfb\": \"['vnc=1,vncpasswd=" + SECRET + "']\""), "xm"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"vnc\": true, \"vncpasswd\": [\"" + SECRET + "\"]",
        "\"vnc\": true, \"vncpasswd\": {\"" + SECRET + "\": 1}",
        "\"vnc\": true, \"vncpasswd\": \"" + SECRET + "\\n\"",
        "\"vnc\": true, \"vncpasswd\": \"" + SECRET + "\\u0000\"",
        "\"vnc\": true, \"vncpasswd\": \"" + SECRET + SECRET + SECRET + "\"",
        "\"vfb\": \"vnc=1,vncpasswd=" + SECRET + ",wibble=1\"",
        "\"vfb\": \"vnc=1,vncpasswd=" + SECRET + "\\n\"",
        "\"vfb\": \"['vnc=1,vncpasswd=" + SECRET + "'\"",
        "\"vfb\": \"vncpasswd:" + SECRET + "\"",
        "\"vfb\": [\"vnc=1,vncpasswd=" + SECRET + "\"]",
        "\"vfb\": \"vnc=1,vncpasswd=" + SECRET + "\", \"vncpasswd\": \"" + SECRET + "\"",
        "\"extra_config\": {\"vncpasswd\": \"" + SECRET + "\"}",
        "\"extra_config\": {\"spicepasswd\": \"" + SECRET + "\\n\"}",
        "\"extra_config\": {\"spicepasswd\": {\"a\": \"" + SECRET + "\"}}",
      })
  void aPasswordInAWrongPlaceOrFormIsNotShownEither(String options) throws IOException {
    assertKept(said(guest(options), "xl"));
  }
}
