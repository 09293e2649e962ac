package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.doctor.Verdict;
import org.quattor.ncm.xen.report.CheckedProfile;
import org.quattor.ncm.xen.report.JsonReport;
import org.quattor.ncm.xen.status.BridgeStatus;
import org.quattor.ncm.xen.status.DomainStatus;
import org.quattor.ncm.xen.status.GuestStatus;
import org.quattor.ncm.xen.status.Takes;
import org.quattor.ncm.xen.text.Words;

/**
 * Every document is what its schema in docs/json-schema says, also that of a command that fails.
 * {@link Call} holds each call with {@code --json} of any test against them; here are the schemas
 * themselves, and the ways to fail.
 */
class JsonDocumentsTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout"));
  private static final Path EXAMPLES = CHECKOUT.resolve("docs/examples");

  @TempDir Path folder;

  private String host() {
    return "simulated:" + folder.resolve("host");
  }

  private Call example(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--json", "--profile"));
    arguments.add(EXAMPLES.resolve("host.json").toString());
    arguments.addAll(List.of(more));
    return Call.of(Services.xen(), arguments.toArray(new String[0]));
  }

  private static JSONObject error(Call call) {
    return JsonDocuments.read(call.out()).getJSONObject("error");
  }

  @Test
  void realDocumentsOfAHostFollowTheirSchemas() {
    for (String command : List.of("plan", "status", "configure", "status", "doctor")) {
      Call call = example(command, "--host", host());
      assertThat(call.out()).contains("\"format\" : \"" + JsonReport.format(command) + "\"");
      assertThat(JsonDocuments.read(call.out()).has("error")).isFalse();
    }
    assertThat(example("unconfigure", "--host", host()).code()).isZero();
    assertThat(example("show").out()).contains("ncm-xen.show/1");
    assertThat(example("check").out()).contains("ncm-xen.check/1");
    assertThat(Call.of(Services.xen(), "explain", "--json").out()).contains("ncm-xen.explain/1");
  }

  @Test
  void aProfileWithMistakesHasADocumentWithFindingsAndNoError() {
    for (String command : List.of("plan", "status", "configure", "show", "check")) {
      List<String> arguments = new ArrayList<>(List.of(command, "--json", "--profile"));
      arguments.add(EXAMPLES.resolve("host-with-mistakes.json").toString());
      if (!List.of("show", "check").contains(command)) {
        arguments.addAll(List.of("--host", host()));
      }
      Call call = Call.of(Services.xen(), arguments.toArray(new String[0]));
      assertThat(call.code()).as(command).isEqualTo(65);
      assertThat(call.out()).contains("\"XEN002\"").doesNotContain("\"error\" : {");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "status", "configure", "unconfigure", "show", "doctor", "derive"})
  void aMissingProfileHasADocumentToo(String command) {
    Call call =
        Call.of(Services.xen(), command, "--json", "--profile", "/nowhere.json", "/nowhere");

    assertThat(call.code()).isIn(64, 66);
    assertThat(call.err()).hasLineCount(1);
    assertThat(JsonDocuments.read(call.out()).keySet())
        .containsExactlyInAnyOrder("format", "error");
    assertThat(JsonDocuments.read(call.out()).getString("format"))
        .isEqualTo(JsonReport.format(command));
  }

  @Test
  void theErrorHasItsKindItsExitCodeAndTheSentence() {
    Call call = Call.of(Services.xen(), "plan", "--json", "--profile", "/nowhere.json");

    assertThat(call)
        .isEqualTo(
            new Call(
                66,
                """
                {
                  "format" : "ncm-xen.plan/1",
                  "error" : {
                    "kind" : "no-input",
                    "exitCode" : 66,
                    "text" : "no such file: /nowhere.json; expected a compiled profile, JSON or XML, also in gzip"
                  }
                }
                """,
                "[ERROR] no such file: /nowhere.json; expected a compiled profile, JSON or XML,"
                    + " also in gzip\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "plan --bogus --json, ncm-xen.plan/1",
    "--json plan --debug=9, ncm-xen.plan/1",
    "status --json --format yaml, ncm-xen.status/1",
    "status --profile --json, ncm-xen.status/1",
    "configure ssh --json, ncm-xen.result/1",
    "unconfigure --json --lock, ncm-xen.result/1",
    "check --json, ncm-xen.check/1",
    "derive --json, ncm-xen.derive/1",
    "explain --json XEN999, ncm-xen.explain/1",
    "schema --json --format xsd, ncm-xen.schema/1",
    "plann --json, ncm-xen.error/1",
    "--json, ncm-xen.error/1"
  })
  void aWrongCommandLineHasADocumentToo(String line, String format) {
    Call call = Call.of(Services.xen(), line.split(" "));

    assertThat(call.code()).isEqualTo(64);
    assertThat(call.err()).hasLineCount(1);
    assertThat(JsonDocuments.read(call.out()).getString("format")).isEqualTo(format);
    assertThat(error(call).getString("kind")).isEqualTo("usage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan --bogus", "plan -- --json", "completion --jsom", "plan --jason"})
  void aCallWithoutTheOptionHasNoDocument(String line) {
    Call call = Call.unchecked(Services.xen(), Call.ROOT, Interruption.none(), line.split(" "));
    assertThat(call.code()).isEqualTo(64);
    assertThat(call.out()).isEmpty();
  }

  @Test
  void aFileOfSettingsThatIsWrongHasADocumentToo() throws IOException {
    Path settings = Files.writeString(folder.resolve("ncm-xen.conf"), "nonsense\n");
    Call call = Call.of(Services.xen(), "plan", "--json", "--cfgfile", settings.toString());

    assertThat(call.code()).isEqualTo(78);
    assertThat(error(call).getString("kind")).isEqualTo("configuration");
  }

  @Test
  void aRunWithoutTheRightsHasADocumentToo() {
    Call call = Call.of(new FakeEngine(), Call.USER, Interruption.none(), "configure", "--json");

    assertThat(call.code()).isEqualTo(77);
    assertThat(error(call).getString("kind")).isEqualTo("not-root");
  }

  @Test
  void aFaultOfOursIsInTheDocumentWithoutItsTrace() {
    Call call =
        Call.withProfile(
            FakeEngine.throwing(() -> new IllegalStateException("odd\nthing\u001b")),
            "plan",
            "--json",
            "--debug");

    assertThat(call.code()).isEqualTo(70);
    assertThat(error(call).getString("kind")).isEqualTo("bug");
    assertThat(call.out()).doesNotContain("    at ");
  }

  @Test
  void aFieldThatNoSchemaDescribesIsAMistake() {
    JSONObject plan = JsonDocuments.read(example("plan", "--host", host()).out());
    assertThat(JsonDocuments.mistakes(plan)).isEmpty();

    plan.getJSONArray("actions").getJSONObject(0).put("more", 1);

    assertThat(JsonDocuments.mistakes(plan)).contains("/actions/0");
    assertThat(JsonDocuments.mistakes(new JSONObject(Map.of("format", "ncm-xen.plan/1"))))
        .isNotEmpty();
  }

  /** Where the schemas have the words of a closed enumeration. */
  static Stream<Map.Entry<String, Enum<?>[]>> words() {
    ImmutableMap.Builder<String, Enum<?>[]> words = ImmutableMap.builder();
    String guest = "status /properties/guests/items/properties/";
    String bridge = "status /properties/bridges/items/properties/";
    words.put(guest + "declared", GuestStatus.Declared.values());
    words.put(guest + "file", GuestStatus.File.values());
    words.put(guest + "autostartDeclared", GuestStatus.Autostart.values());
    words.put(guest + "state", DomainStatus.values());
    words.put(guest + "disks", GuestStatus.Disks.values());
    words.put(guest + "takes", Takes.values());
    words.put(bridge + "state", BridgeStatus.State.values());
    words.put("check /properties/profiles/items/properties/state", CheckedProfile.State.values());
    words.put("plan /properties/intent", Intent.values());
    words.put("plan /$defs/action/properties/effect", Effect.values());
    words.put("plan /$defs/action/properties/impact", Impact.values());
    words.put("plan /$defs/finding/properties/severity", Severity.values());
    words.put("result /properties/actions/items/properties/outcome", Outcome.values());
    words.put("doctor /properties/checks/items/properties/verdict", Verdict.values());
    words.put(
        "error /$defs/error/properties/kind",
        Arrays.stream(Exit.values())
            .filter(exit -> exit.code() > Exit.CHANGES.code())
            .toArray(Enum<?>[]::new));
    return words.build().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("words")
  void theWordsOfTheSchemasAreThoseOfTheTypes(Map.Entry<String, Enum<?>[]> words) {
    String[] place = words.getKey().split(" ");
    JSONObject schema = JsonDocuments.schemas().get("ncm-xen." + place[0] + "/1");
    assertThat(((JSONArray) schema.query(place[1] + "/enum")).toList())
        .containsExactlyElementsOf(Arrays.stream(words.getValue()).map(Words::of).toList());
  }

  @Test
  void theExitCodesOfTheSchemasAreThoseOfTheErrors() {
    assertThat(
            ((JSONArray)
                    JsonDocuments.schemas()
                        .get("ncm-xen.error/1")
                        .query("/$defs/error/properties/exitCode/enum"))
                .toList())
        .containsExactlyElementsOf(
            Arrays.stream(Exit.values())
                .map(Exit::code)
                .filter(code -> code > Exit.CHANGES.code())
                .toList());
  }

  @Test
  void theSchemasDescribeAllFieldsAndAllowNoOthers() {
    Map<String, Object> shared = new TreeMap<>();
    JsonDocuments.schemas()
        .forEach(
            (format, schema) -> {
              assertThat(schema.getString("$schema")).endsWith("/draft/2020-12/schema");
              eachObject(
                  schema,
                  format,
                  (place, object) -> {
                    if (object.opt("properties") instanceof JSONObject fields
                        && !place.contains("/oneOf")) {
                      assertThat(object.opt("additionalProperties")).as(place).isEqualTo(false);
                      for (String name : fields.keySet()) {
                        JSONObject field = fields.getJSONObject(name);
                        assertThat(field.has("description") || field.has("$ref"))
                            .as(place + "/" + name)
                            .isTrue();
                      }
                    }
                  });
              JSONObject definitions = schema.getJSONObject("$defs");
              for (String name : definitions.keySet()) {
                Object definition = definitions.getJSONObject(name).toMap();
                assertThat(shared.putIfAbsent(name, definition))
                    .as(name + " of " + format)
                    .isIn(null, definition);
              }
            });
  }

  private static void eachObject(
      JSONObject object, String place, BiConsumer<String, JSONObject> visitor) {
    visitor.accept(place, object);
    for (String name : object.keySet()) {
      if (object.opt(name) instanceof JSONObject child) {
        eachObject(child, place + "/" + name, visitor);
      }
    }
  }

  @Test
  void thePageHasASectionForEveryFormat() throws IOException {
    String page = Files.readString(CHECKOUT.resolve("docs/json.md"));
    for (String format : JsonDocuments.schemas().keySet()) {
      assertThat(page).contains("`" + format + "`");
    }
  }
}
