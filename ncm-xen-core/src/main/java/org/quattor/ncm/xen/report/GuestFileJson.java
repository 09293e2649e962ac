package org.quattor.ncm.xen.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.quattor.ncm.xen.guestfile.Device;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.guestfile.GuestFile.Whole;

/** The keys of a guest file as an object: a disk or network interface is an object of its own. */
final class GuestFileJson {

  private GuestFileJson() {}

  static void write(JsonGenerator json, GuestFile file) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Value> entry : file.values().entrySet()) {
      json.writeFieldName(entry.getKey());
      value(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, Value value) throws IOException {
    if (value instanceof Items items) {
      json.writeStartArray();
      for (Value element : items.elements()) {
        value(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Device device) {
      json.writeStartObject();
      for (Map.Entry<String, String> key : device.keys().entrySet()) {
        json.writeStringField(key.getKey(), key.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Whole whole) {
      json.writeNumber(whole.number());
    } else {
      json.writeString(value.plain());
    }
  }
}
