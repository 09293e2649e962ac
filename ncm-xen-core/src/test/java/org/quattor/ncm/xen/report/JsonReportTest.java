package org.quattor.ncm.xen.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFile.Text;
import org.quattor.ncm.xen.guestfile.GuestFileReader;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.plan.GuestText;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.report.CheckedProfile.State;

class JsonReportTest {

  @Test
  void aPlanIsWrittenWithItsFindingsAndSteps() {
    SamplePlan three = SamplePlan.threeSteps();
    SamplePlan plan =
        SamplePlan.of(three.actions().get(2)).with(SamplePlan.finding(Severity.WARNING));
    assertThat(JsonReport.plan(plan))
        .isEqualTo(
            """
            {
              "format" : "ncm-xen.plan/1",
              "component" : "xen",
              "intent" : "configure",
              "complete" : true,
              "applicable" : true,
              "profileDigest" : "aa",
              "hostDigest" : "bb",
              "findings" : [
                {
                  "id" : "XEN101",
                  "severity" : "warning",
                  "path" : "/software/components/xen/domains/vm1/options/memory",
                  "found" : "0",
                  "expected" : "at least 1",
                  "hint" : "give the memory in MiB"
                }
              ],
              "actions" : [
                {
                  "id" : "start:vm1",
                  "type" : "start-domain",
                  "subject" : "vm1",
                  "target" : "vm1",
                  "effect" : "start",
                  "summary" : "start vm1",
                  "reason" : "it does not run",
                  "impact" : "none",
                  "dependsOn" : [
                    "volume:xenvg/vm1"
                  ]
                }
              ]
            }
            """);
  }

  @Test
  void aResultAddsOutcomesAndCounters() {
    SamplePlan plan = SamplePlan.threeSteps();
    ComponentResult result =
        new ComponentResult(
            plan,
            ImmutableList.of(
                new ActionResult(plan.actions().get(0), Outcome.FAILED, "no space"),
                new ActionResult(plan.actions().get(1), Outcome.DONE, ""),
                new ActionResult(plan.actions().get(2), Outcome.SKIPPED, "no volume")),
            "",
            7);
    assertThat(JsonReport.result(result, false))
        .startsWith("{\n  \"format\" : \"ncm-xen.result/1\",\n")
        .contains("\"noAction\" : false")
        .containsSubsequence(
            "\"outcome\" : \"failed\"",
            "\"cause\" : \"no space\"",
            "\"outcome\" : \"done\"",
            "\"cause\" : \"\"",
            "\"outcome\" : \"skipped\"")
        .endsWith(
            """
              "refusal" : "",
              "errors" : 1,
              "warnings" : 0,
              "commands" : 7
            }
            """);
  }

  @Test
  void aStepThatWasNotToRunSaysSo() {
    SamplePlan plan = SamplePlan.threeSteps();
    ComponentResult result =
        new ComponentResult(
            plan,
            ImmutableList.of(new ActionResult(plan.actions().get(0), Outcome.NOT_RUN, "no action")),
            "",
            0);
    assertThat(JsonReport.result(result, true))
        .contains("\"noAction\" : true", "\"outcome\" : \"not-run\"");
  }

  @Test
  void aCheckTellsOfEveryFile() {
    assertThat(
            JsonReport.check(
                ImmutableList.of(
                    new CheckedProfile("a.json", State.CHECKED, "", ImmutableList.of()),
                    new CheckedProfile("b.json", State.ABSENT, "no b", ImmutableList.of()))))
        .isEqualTo(
            """
            {
              "format" : "ncm-xen.check/1",
              "profiles" : [
                {
                  "file" : "a.json",
                  "state" : "checked",
                  "problem" : "",
                  "findings" : [ ]
                },
                {
                  "file" : "b.json",
                  "state" : "absent",
                  "problem" : "no b",
                  "findings" : [ ]
                }
              ],
              "errors" : 1,
              "warnings" : 0
            }
            """);
  }

  @Test
  void aGuestFileKeepsItsExactTextInShow() {
    assertThat(
            JsonReport.show(
                new ShownGuests(
                    ImmutableList.of(),
                    ImmutableList.of(
                        text("vm1", new GuestFile("", ImmutableMap.of("a", new Text("b'"))))))))
        .isEqualTo(
            """
            {
              "format" : "ncm-xen.show/1",
              "findings" : [ ],
              "files" : [
                {
                  "guest" : "vm1",
                  "path" : "/etc/xen/vm1",
                  "text" : "a = \\"b'\\"\\n",
                  "keys" : {
                    "a" : "b'"
                  }
                }
              ]
            }
            """);
  }

  @Test
  void theKeysOfAGuestFileAreJsonOfTheirTypes() {
    GuestFile file =
        (GuestFile)
            GuestFileReader.read(
                """
                memory = 512
                disk = ['phy:/dev/vg/a,xvda,w', 'vdev=xvdb,target=/b,c']
                vif = ['bridge=xenbr0,trusted']
                vnuma = [['pnode=0', 'size=1'], 2]
                """,
                Toolstack.XL);
    assertThat(
            JsonReport.show(new ShownGuests(ImmutableList.of(), ImmutableList.of(text("g", file))))
                .replaceAll("\\s+", ""))
        .endsWith(
            """
            "keys":{"memory":512,
            "disk":[{"format":"raw","vdev":"xvda","access":"w","target":"/dev/vg/a"},
            {"vdev":"xvdb","target":"/b,c"}],
            "vif":[{"bridge":"xenbr0","trusted":""}],
            "vnuma":[["pnode=0","size=1"],2]}}]}"""
                .replaceAll("\\s+", ""));
  }

  @Test
  void documentsAreAsciiWhateverTheProfileHolds() {
    String hostile = "ä\u202e\u001b\u0000\ud800😀\n";
    String document =
        JsonReport.show(
            new ShownGuests(
                ImmutableList.of(),
                ImmutableList.of(text(hostile, new GuestFile("", ImmutableMap.of())))));
    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(document)).isTrue();
    assertThat(document).contains("\"\\u00E4\\u202E\\u001B\\u0000\\uD800\\uD83D\\uDE00\\n\"");
  }

  private static GuestText text(String guest, GuestFile file) {
    return new GuestText(guest, "/etc/xen/" + guest, file, Toolstack.XL);
  }
}
