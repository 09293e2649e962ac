package org.quattor.ncm.xen.host.simulated;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.google.common.base.Ascii;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.Toolstack;

/** Writes the state of a simulated host as JSON for people: sorted, one field a line. */
final class StateWriter {

  /** The name of the form, in the field {@code format}. */
  static final String FORMAT = "ncm-xen.simulated-host/1";

  private final JsonGenerator json;

  private StateWriter(JsonGenerator json) {
    this.json = json;
  }

  /** Returns the document. */
  static String write(SimulatedHostSpec host) throws IOException {
    StringWriter text = new StringWriter();
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(printer);
      new StateWriter(json).document(host);
    }
    return text.append('\n').toString();
  }

  private void document(SimulatedHostSpec host) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    facts(host.facts());
    json.writeNumberField("imageSpaceBytes", host.imageSpaceBytes());
    each("volumeGroups", host.groups(), this::group);
    each("volumes", host.volumes(), this::volume);
    each("blockDevices", host.blockDevices(), this::blockDevice);
    json.writeObjectFieldStart("users");
    for (Map.Entry<String, ? extends Iterable<String>> entry : host.users().entrySet()) {
      strings(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    strings("images", host.images());
    json.writeObjectFieldStart("urls");
    for (Map.Entry<String, String> entry : host.urls().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    NetworkForm.write(json, host.devices());
    each("domains", host.domains(), domain -> DomainForm.write(json, domain));
    strings("watched", host.watched());
    if (!host.transfers().isEmpty()) {
      strings("transfers", host.transfers().stream().map(StateWriter::text).toList());
    }
    json.writeEndObject();
  }

  private static String text(DomainTransfer transfer) {
    return (word(transfer.kind()) + " " + transfer.domain()).strip();
  }

  /** Returns the word for a way that a domain moves. */
  static String word(DomainTransfer.Kind kind) {
    return Ascii.toLowerCase(kind.name());
  }

  private void facts(HostFacts facts) throws IOException {
    json.writeStringField("hostName", facts.hostName());
    strings("toolstacks", facts.toolstacks().stream().map(Toolstack::command).sorted().toList());
    json.writeBooleanField("xendRunning", facts.xendRunning());
    json.writeBooleanField("dom0", facts.dom0());
    json.writeStringField(
        "xenVersion", facts.xenVersion() == null ? "" : facts.xenVersion().toString());
  }

  private void group(SimulatedHostSpec.Group group) throws IOException {
    json.writeNumberField("sizeBytes", group.sizeBytes());
    json.writeNumberField("extentBytes", group.extentBytes());
    strings("devices", group.devices());
  }

  private void volume(SimulatedHostSpec.Volume volume) throws IOException {
    json.writeNumberField("sizeBytes", volume.sizeBytes());
    strings("tags", volume.tags());
    json.writeStringField("content", volume.content());
  }

  private void blockDevice(SimulatedHostSpec.BlockDevice device) throws IOException {
    json.writeNumberField("sizeBytes", device.sizeBytes());
    strings("contents", device.contents());
  }

  private interface Body<V> {
    void write(V value) throws IOException;
  }

  private <V> void each(String name, Map<String, V> map, Body<V> body) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, V> entry : map.entrySet()) {
      json.writeObjectFieldStart(entry.getKey());
      body.write(entry.getValue());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void strings(String name, Iterable<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
