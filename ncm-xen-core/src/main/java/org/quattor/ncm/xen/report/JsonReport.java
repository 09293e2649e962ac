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
import java.util.Locale;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.doctor.Check;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Verdict;
import org.quattor.ncm.xen.finding.Entry;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.plan.BridgeStatus;
import org.quattor.ncm.xen.plan.GuestStatus;
import org.quattor.ncm.xen.plan.GuestText;
import org.quattor.ncm.xen.plan.HostStatus;
import org.quattor.ncm.xen.plan.ShownGuests;

/**
 * The JSON documents. Each names its form in {@code format}; fields may be added to a form, never
 * changed. The bytes are ASCII and depend on the input alone.
 */
public final class JsonReport {

  // Escaping what is not ASCII keeps a document harmless on a terminal and independent of locales.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonReport() {}

  /** Returns {@code ncm-xen.plan/1}. */
  public static String plan(ComponentPlan plan) {
    return document(
        "ncm-xen.plan/1",
        json -> {
          plan(json, plan);
          json.writeArrayFieldStart("actions");
          for (PlannedAction action : plan.actions()) {
            json.writeStartObject();
            action(json, action);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /**
   * Returns {@code ncm-xen.result/1}.
   *
   * @param noAction whether nothing was to be changed
   */
  public static String result(ComponentResult result, boolean noAction) {
    return document(
        "ncm-xen.result/1",
        json -> {
          plan(json, result.plan());
          json.writeBooleanField("noAction", noAction);
          json.writeArrayFieldStart("actions");
          for (ActionResult done : result.actions()) {
            json.writeStartObject();
            action(json, done.action());
            json.writeStringField("outcome", word(done.outcome()));
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
        "ncm-xen.check/1",
        json -> {
          json.writeArrayFieldStart("profiles");
          for (CheckedProfile profile : profiles) {
            json.writeStartObject();
            json.writeStringField("file", profile.file());
            json.writeStringField("state", profile.state().name().toLowerCase(Locale.ROOT));
            json.writeStringField("problem", profile.problem());
            findings(json, profile.findings());
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
        "ncm-xen.show/1",
        json -> {
          findings(json, guests.findings());
          json.writeArrayFieldStart("files");
          for (GuestText guest : guests.files()) {
            json.writeStartObject();
            json.writeStringField("guest", guest.guest());
            json.writeStringField("path", guest.path());
            json.writeStringField("text", guest.text());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** Returns {@code ncm-xen.explain/1}. */
  public static String explain(List<Entry> entries) {
    return document(
        "ncm-xen.explain/1",
        json -> {
          json.writeArrayFieldStart("findings");
          for (Entry entry : entries) {
            json.writeStartObject();
            json.writeStringField("id", entry.id());
            json.writeStringField("severity", word(entry.severity()));
            json.writeStringField("title", entry.title());
            json.writeStringField("cause", entry.cause());
            json.writeStringField("example", entry.example());
            json.writeStringField("fix", entry.fix());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** Returns {@code ncm-xen.status/1}. */
  public static String status(HostStatus status) {
    return document(
        "ncm-xen.status/1",
        json -> {
          json.writeBooleanField("complete", status.plan().complete());
          json.writeBooleanField("applicable", status.plan().applicable());
          findings(json, status.plan().findings());
          json.writeArrayFieldStart("guests");
          for (GuestStatus guest : status.guests()) {
            json.writeStartObject();
            json.writeStringField("guest", guest.guest());
            json.writeStringField("domain", guest.domain());
            json.writeStringField("declared", guest.wanted());
            json.writeStringField("file", guest.file());
            json.writeStringField("autostart", guest.autostart());
            json.writeStringField("running", guest.running());
            json.writeStringField("disks", guest.disks());
            strings(json, "differences", guest.differences());
            json.writeStringField("takes", guest.takes().text());
            json.writeBooleanField("pending", guest.pending());
            strings(json, "actions", guest.actions());
            strings(json, "errors", guest.errors());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("others");
          for (DomainState other : status.others()) {
            json.writeStartObject();
            json.writeStringField("domain", other.name());
            json.writeNumberField("id", other.id());
            json.writeStringField("running", other.activity().text());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("bridges");
          for (BridgeStatus bridge : status.bridges()) {
            json.writeStartObject();
            json.writeStringField("bridge", bridge.bridge());
            json.writeStringField("port", bridge.port());
            json.writeStringField("made", bridge.made());
            json.writeBooleanField("declared", bridge.declared());
            strings(json, "members", bridge.members());
            strings(json, "actions", bridge.actions());
            strings(json, "errors", bridge.errors());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** Returns {@code ncm-xen.doctor/1}. */
  public static String doctor(Diagnosis diagnosis) {
    return document(
        "ncm-xen.doctor/1",
        json -> {
          json.writeArrayFieldStart("checks");
          for (Check check : diagnosis.checks()) {
            json.writeStartObject();
            json.writeStringField("id", check.id());
            json.writeStringField("subject", check.subject());
            json.writeStringField("verdict", check.verdict().text().replace(' ', '-'));
            json.writeStringField("path", check.path());
            json.writeStringField("found", check.found());
            json.writeStringField("expected", check.expected());
            json.writeStringField("fix", check.fix());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberField("problems", diagnosis.count(Verdict.PROBLEM));
          json.writeNumberField("untold", diagnosis.count(Verdict.UNKNOWN));
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

  /** Returns the severity as it stands in documents and lines. */
  public static String word(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "note";
    };
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case DONE -> "done";
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
      case NOT_RUN -> "not-run";
    };
  }

  private static void plan(JsonGenerator json, ComponentPlan plan) throws IOException {
    json.writeStringField("component", plan.component());
    json.writeStringField("intent", plan.intent().name().toLowerCase(Locale.ROOT));
    json.writeBooleanField("complete", plan.complete());
    json.writeBooleanField("applicable", plan.applicable());
    json.writeStringField("profileDigest", plan.profileDigest());
    json.writeStringField("hostDigest", plan.hostDigest());
    findings(json, plan.findings());
  }

  private static void findings(JsonGenerator json, List<Finding> findings) throws IOException {
    json.writeArrayFieldStart("findings");
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringField("id", finding.id());
      json.writeStringField("severity", word(finding.severity()));
      json.writeStringField("path", finding.path());
      json.writeStringField("found", finding.found());
      json.writeStringField("expected", finding.expected());
      json.writeStringField("hint", finding.hint());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void action(JsonGenerator json, PlannedAction action) throws IOException {
    json.writeStringField("id", action.id());
    json.writeStringField("type", action.type());
    json.writeStringField("subject", action.subject());
    json.writeStringField("target", action.target());
    json.writeStringField("effect", action.effect().verb());
    json.writeStringField("summary", action.summary());
    json.writeStringField("reason", action.reason());
    json.writeStringField("impact", action.impact().text());
    json.writeArrayFieldStart("dependsOn");
    for (String id : action.dependsOn()) {
      json.writeString(id);
    }
    json.writeEndArray();
  }

  /** Writes the fields of a document. */
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String document(String format, Body body) {
    StringWriter text = new StringWriter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    try (JsonGenerator json = JSON.createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(indenter);
      printer.indentArraysWith(indenter);
      json.setPrettyPrinter(printer);
      json.writeStartObject();
      json.writeStringField("format", format);
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }
}
