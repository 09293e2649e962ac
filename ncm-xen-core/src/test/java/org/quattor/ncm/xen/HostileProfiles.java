package org.quattor.ncm.xen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.JsonTree;

/** Profiles of a host with one guest and a text in one place. */
public final class HostileProfiles {

  /** What kinds of guest a field can belong to; the first that takes it is taken. */
  private static final List<String> BASES =
      List.of(
          "\"kernel\": \"/boot/vmlinuz\"",
          "\"bootloader\": \"pygrub\"",
          "\"type\": \"hvm\"",
          "\"kernel\": \"/boot/vmlinuz\", \"type\": \"hvm\", \"vnc\": true",
          "\"kernel\": \"/boot/vmlinuz\", \"ip\": \"192.0.2.5\", \"nfs_server\": \"192.0.2.6\"",
          "\"kernel\": \"/boot/vmlinuz\", \"vnc\": true",
          "\"bootloader\": \"pygrub\", \"bootloader_restrict\": true",
          "\"type\": \"hvm\", \"device_model_version\": \"qemu-xen\"");

  private HostileProfiles() {}

  /** Returns how many kinds of guest there are to try a field with. */
  public static int bases() {
    return BASES.size();
  }

  /**
   * Returns a profile with the text in the place.
   *
   * @param base which kind of guest
   * @param text null for the profile without the place
   */
  public static String profile(int base, TextPlace place, String text) {
    Map<String, Object> component = component(BASES.get(base), place);
    if (text != null) {
      put(component, place.steps(), 0, place.isKey(), text);
    }
    Map<String, Object> network = new TreeMap<>();
    network.put("realhostname", "xen1.example.org");
    Map<String, Object> root = new TreeMap<>();
    root.put("software", dict("components", dict("xen", component)));
    root.put("system", dict("network", network));
    StringWriter json = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(json)) {
      write(generator, root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json.toString();
  }

  private static Map<String, Object> component(String base, TextPlace place) {
    boolean nics = place.steps().contains("nics");
    boolean framebuffer = place.steps().contains("vfb");
    boolean lvm = !place.toString().endsWith("disk/0/path");
    String disk =
        lvm
            ? "\"type\": \"lvm\", \"hostdevice\": \"vg0\", \"hostvol\": \"g\""
            : "\"type\": \"file\"";
    String options =
        """
        {"name": "g", "memory": 128, %s %s
         "disk": [{%s, "guestdevice": "xvda", "rw": "w"}]}
        """
            .formatted(
                framebuffer ? base.replace(", \"vnc\": true", "") + "," : base + ",",
                nics ? "" : "\"vif\": [\"bridge=xenbr0\"],",
                disk);
    String install =
        place.steps().contains("install_options") ? ", \"install_options\": " + options : "";
    String text =
        "{\"active\": true, \"dispatch\": true, \"domains\": {\"g\": {\"options\": "
            + options
            + install
            + "}}}";
    try {
      @SuppressWarnings("unchecked")
      Map<String, Object> parsed =
          (Map<String, Object>) plain(JsonTree.parseStrictly("base", text));
      return parsed;
    } catch (HostFailure e) {
      throw new AssertionError(e);
    }
  }

  /** What has to stand beside a field that is put into a record of its own. */
  private static Map<String, Object> beside(String container) {
    Map<String, Object> fields = new TreeMap<>();
    switch (container) {
      case "guest_map" -> {
        fields.put("active", true);
        fields.put("dispatch", true);
        fields.put("guest_mac", "00:16:3e:00:00:01");
        fields.put("hypervisor_name", "xen1.example.org");
      }
      case "vlans" -> {
        fields.put("netdev", "eth0");
        fields.put("vlan", 7L);
      }
      default -> {
        // the others need nothing
      }
    }
    return fields;
  }

  @SuppressWarnings("unchecked")
  private static void put(
      Object container, List<String> steps, int at, boolean isKey, String text) {
    String step = steps.get(at);
    boolean last = at == steps.size() - 1;
    boolean list = !last && steps.get(at + 1).equals(TextPlace.ITEM);
    if (container instanceof List<?>) {
      List<Object> items = (List<Object>) container;
      if (last) {
        items.clear();
        items.add(text);
      } else {
        if (items.isEmpty()) {
          items.add(new TreeMap<String, Object>());
        }
        put(items.get(0), steps, at + 1, isKey, text);
      }
      return;
    }
    Map<String, Object> fields = (Map<String, Object>) container;
    String parent = at == 0 ? "" : steps.get(at - 1);
    if (last) {
      if (isKey) {
        Object before = fields.isEmpty() ? beside(parent) : fields.remove("g");
        fields.put(text, parent.equals("extra_config") ? "1" : before);
      } else {
        fields.put(step.equals(TextPlace.KEY) ? "g" : step, text);
      }
      return;
    }
    String key = step.equals(TextPlace.KEY) ? "g" : step;
    Object next = fields.get(key);
    if (next == null) {
      String kind = step.equals(TextPlace.KEY) ? parent : step;
      next = list ? new ArrayList<Object>() : new TreeMap<>(beside(kind.equals(step) ? "" : kind));
      fields.put(key, next);
    }
    put(next, steps, at + 1, isKey, text);
  }

  private static Map<String, Object> dict(String key, Object value) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put(key, value);
    return fields;
  }

  private static Object plain(JsonTree tree) {
    Object value = tree.value();
    if (value instanceof Map<?, ?> fields) {
      Map<String, Object> copy = new TreeMap<>();
      fields.forEach((name, field) -> copy.put((String) name, plain((JsonTree) field)));
      return copy;
    }
    if (value instanceof List<?> items) {
      List<Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(plain((JsonTree) item)));
      return copy;
    }
    return value;
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> fields) {
      json.writeStartObject();
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        json.writeFieldName((String) field.getKey());
        write(json, field.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> items) {
      json.writeStartArray();
      for (Object item : items) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else {
      writeText(json, (String) value);
    }
  }

  /** A lone surrogate has no bytes in UTF-8; JSON can name it. */
  private static void writeText(JsonGenerator json, String text) throws IOException {
    json.writeRawValue('"' + escaped(text) + '"');
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > '~') {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
