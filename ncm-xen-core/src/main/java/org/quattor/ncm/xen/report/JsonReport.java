package org.quattor.ncm.xen.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.derive.DerivedProfile;
import org.quattor.ncm.xen.derive.DerivedText;
import org.quattor.ncm.xen.derive.GuestInstallation;
import org.quattor.ncm.xen.doctor.Check;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Verdict;
import org.quattor.ncm.xen.finding.Entry;
import org.quattor.ncm.xen.plan.GuestText;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.status.BridgeStatus;
import org.quattor.ncm.xen.status.GuestStatus;
import org.quattor.ncm.xen.status.HostStatus;
import org.quattor.ncm.xen.status.HostStatus.OtherDomain;
import org.quattor.ncm.xen.text.Words;

/**
 * The JSON documents, each with a schema in {@code docs/json-schema}. A document names its form in
 * {@code format}; fields may be added to a form, never changed. What is one of a closed set is the
 * word of a constant. The bytes are ASCII and depend on the input alone.
 */
public final class JsonReport {

  // Escaping what is not ASCII keeps a document harmless on a terminal and independent of locales.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonReport() {}

  /** Returns the {@code format} of the documents of a command. */
  public static String format(String command) {
    return "ncm-xen." + (command.endsWith("configure") ? "result" : command) + "/1";
  }

  /**
   * Returns the document of a command that has ended without its result: the same {@code format},
   * and the error in place of all else.
   *
   * @param command its name
   * @param kind a word for programs
   * @param text a sentence for people
   */
  public static String failure(String command, Enum<?> kind, int exitCode, String text) {
    return document(
        command,
        json -> {
          json.writeObjectFieldStart("error");
          word(json, "kind", kind);
          json.writeNumberField("exitCode", exitCode);
          json.writeStringField("text", text);
          json.writeEndObject();
        });
  }

  /** Returns {@code ncm-xen.plan/1}. */
  public static String plan(ComponentPlan plan) {
    return document(
        "plan",
        json -> {
          plan(json, plan);
          actions(json, plan.actions());
        });
  }

  /**
   * Returns {@code ncm-xen.result/1}.
   *
   * @param noAction whether nothing was to be changed
   */
  public static String result(ComponentResult result, boolean noAction) {
    return document(
        "configure",
        json -> {
          plan(json, result.plan());
          json.writeBooleanField("noAction", noAction);
          json.writeArrayFieldStart("actions");
          for (ActionResult done : result.actions()) {
            json.writeStartObject();
            action(json, done.action());
            word(json, "outcome", done.outcome());
            json.writeStringField("cause", done.cause());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("refusal", result.refusal());
          json.writeNumberField("errors", result.errors());
          json.writeNumberField("warnings", result.warnings());
          json.writeNumberField("commands", result.commands());
        });
  }

  /** Returns {@code ncm-xen.check/1}. */
  public static String check(List<CheckedProfile> profiles) {
    return document(
        "check",
        json -> {
          json.writeArrayFieldStart("profiles");
          for (CheckedProfile profile : profiles) {
            json.writeStartObject();
            json.writeStringField("file", profile.file());
            word(json, "state", profile.state());
            json.writeStringField("problem", profile.problem());
            findings(json, "findings", profile.findings());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberField("errors", profiles.stream().mapToInt(CheckedProfile::errors).sum());
          json.writeNumberField(
              "warnings", profiles.stream().mapToInt(CheckedProfile::warnings).sum());
        });
  }

  /** Returns {@code ncm-xen.show/1}. */
  public static String show(ShownGuests guests) {
    return document(
        "show",
        json -> {
          findings(json, "findings", guests.findings());
          json.writeArrayFieldStart("files");
          for (GuestText guest : guests.files()) {
            json.writeStartObject();
            json.writeStringField("guest", guest.guest());
            json.writeStringField("path", guest.path());
            json.writeStringField("text", guest.text());
            json.writeFieldName("keys");
            GuestFileJson.write(json, guest.file());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** Returns {@code ncm-xen.explain/1}. */
  public static String explain(List<Entry> entries) {
    return document(
        "explain",
        json -> {
          json.writeArrayFieldStart("findings");
          for (Entry entry : entries) {
            json.writeStartObject();
            json.writeStringField("id", entry.id());
            word(json, "severity", entry.severity());
            json.writeStringField("title", entry.title());
            json.writeStringField("cause", entry.cause());
            json.writeStringField("example", entry.example());
            json.writeStringField("fix", entry.fix());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /**
   * Returns {@code ncm-xen.derive/1}.
   *
   * @param profile that of a host; null when there is none
   * @param guests what is derived for guests instead; none for a host
   */
  public static String derive(
      List<Finding> findings, @Nullable DerivedProfile profile, List<GuestInstallation> guests) {
    return document(
        "derive",
        json -> {
          findings(json, "findings", findings);
          if (profile != null) {
            json.writeFieldName("profile");
            DerivedText.write(json, profile.find("/").orElseThrow());
          }
          json.writeObjectFieldStart("guests");
          for (GuestInstallation guest : guests) {
            json.writeObjectFieldStart(guest.guest());
            for (Map.Entry<String, String> value : guest.values().entrySet()) {
              json.writeStringField(value.getKey(), value.getValue());
            }
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  /** Returns {@code ncm-xen.status/1}. */
  public static String status(HostStatus status) {
    return document(
        "status",
        json -> {
          json.writeBooleanField("complete", status.plan().complete());
          json.writeBooleanField("applicable", status.plan().applicable());
          findings(json, "findings", status.plan().findings());
          json.writeArrayFieldStart("guests");
          for (GuestStatus guest : status.guests()) {
            guest(json, guest);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("others");
          for (OtherDomain other : status.others()) {
            json.writeStartObject();
            json.writeStringField("domain", other.domain());
            json.writeNumberField("id", other.id());
            word(json, "state", other.state());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("bridges");
          for (BridgeStatus bridge : status.bridges()) {
            bridge(json, bridge);
          }
          json.writeEndArray();
        });
  }

  private static void guest(JsonGenerator json, GuestStatus guest) throws IOException {
    json.writeStartObject();
    json.writeStringField("guest", guest.guest());
    json.writeStringField("domain", guest.domain());
    word(json, "declared", guest.declared());
    json.writeStringField("otherHost", guest.otherHost());
    word(json, "file", guest.file());
    word(json, "autostart", guest.autostart());
    word(json, "autostartDeclared", guest.autostartDeclared());
    word(json, "state", guest.state());
    word(json, "disks", guest.disks());
    word(json, "takes", guest.takes());
    json.writeArrayFieldStart("differences");
    for (GuestStatus.Difference difference : guest.differences()) {
      json.writeStartObject();
      json.writeStringField("summary", difference.summary());
      word(json, "impact", difference.impact());
      json.writeEndObject();
    }
    json.writeEndArray();
    actions(json, guest.actions());
    findings(json, "errors", guest.errors());
    json.writeEndObject();
  }

  private static void bridge(JsonGenerator json, BridgeStatus bridge) throws IOException {
    json.writeStartObject();
    json.writeStringField("bridge", bridge.bridge());
    json.writeStringField("port", bridge.port());
    json.writeBooleanField("declared", bridge.declared());
    word(json, "state", bridge.state());
    word(json, "takes", bridge.takes());
    strings(json, "members", bridge.members());
    actions(json, bridge.actions());
    findings(json, "errors", bridge.errors());
    json.writeEndObject();
  }

  /** Returns {@code ncm-xen.doctor/1}. */
  public static String doctor(Diagnosis diagnosis) {
    return document(
        "doctor",
        json -> {
          json.writeArrayFieldStart("checks");
          for (Check check : diagnosis.checks()) {
            json.writeStartObject();
            json.writeStringField("id", check.id());
            json.writeStringField("subject", check.subject());
            word(json, "verdict", check.verdict());
            json.writeStringField("path", check.path());
            json.writeStringField("found", check.found());
            json.writeStringField("expected", check.expected());
            json.writeStringField("fix", check.fix());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberField("problems", diagnosis.count(Verdict.PROBLEM));
          json.writeNumberField("unknown", diagnosis.count(Verdict.UNKNOWN));
        });
  }

  private static void strings(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void word(JsonGenerator json, String name, Enum<?> value) throws IOException {
    json.writeStringField(name, Words.of(value));
  }

  private static void plan(JsonGenerator json, ComponentPlan plan) throws IOException {
    json.writeStringField("component", plan.component());
    word(json, "intent", plan.intent());
    json.writeBooleanField("complete", plan.complete());
    json.writeBooleanField("applicable", plan.applicable());
    json.writeStringField("profileDigest", plan.profileDigest());
    json.writeStringField("hostDigest", plan.hostDigest());
    findings(json, "findings", plan.findings());
  }

  private static void findings(JsonGenerator json, String name, List<Finding> findings)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringField("id", finding.id());
      word(json, "severity", finding.severity());
      json.writeStringField("path", finding.path());
      json.writeStringField("found", finding.found());
      json.writeStringField("expected", finding.expected());
      json.writeStringField("hint", finding.hint());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void actions(JsonGenerator json, List<? extends PlannedAction> actions)
      throws IOException {
    json.writeArrayFieldStart("actions");
    for (PlannedAction action : actions) {
      json.writeStartObject();
      action(json, action);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void action(JsonGenerator json, PlannedAction action) throws IOException {
    json.writeStringField("id", action.id());
    json.writeStringField("type", action.type());
    json.writeStringField("subject", action.subject());
    json.writeStringField("target", action.target());
    word(json, "effect", action.effect());
    json.writeStringField("summary", action.summary());
    json.writeStringField("reason", action.reason());
    word(json, "impact", action.impact());
    strings(json, "dependsOn", action.dependsOn());
  }

  /** Writes the fields of a document. */
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String document(String command, Body body) {
    StringWriter text = new StringWriter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    try (JsonGenerator json = JSON.createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(indenter);
      printer.indentArraysWith(indenter);
      json.setPrettyPrinter(printer);
      json.writeStartObject();
      json.writeStringField("format", format(command));
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }
}
