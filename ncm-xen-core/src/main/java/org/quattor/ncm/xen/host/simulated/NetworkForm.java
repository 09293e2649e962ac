package org.quattor.ncm.xen.host.simulated;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostUse;
import org.quattor.ncm.xen.host.NetworkDevice;
import org.quattor.ncm.xen.host.NetworkDevice.Forwarding;
import org.quattor.ncm.xen.host.NetworkDevice.Kind;
import org.quattor.ncm.xen.host.NetworkDevice.Tag;
import org.quattor.ncm.xen.host.local.JsonTree;

/**
 * The network devices in the state file of a simulated host: bridges of another hand without ports
 * in the list {@code bridges}, all others by name in {@code devices}.
 */
final class NetworkForm {

  private static final ImmutableSet<String> FIELDS =
      ImmutableSet.of(
          "kind",
          "up",
          "mtu",
          "alias",
          "master",
          "spanningTree",
          "forwardDelay",
          "device",
          "vlan",
          "below",
          "carriesHost",
          "manager");

  private NetworkForm() {}

  static void write(JsonGenerator json, Map<String, NetworkDevice> devices) throws IOException {
    json.writeArrayFieldStart("bridges");
    for (Map.Entry<String, NetworkDevice> device : devices.entrySet()) {
      if (device.getValue().equals(SimulatedNetwork.BRIDGE)) {
        json.writeString(device.getKey());
      }
    }
    json.writeEndArray();
    json.writeObjectFieldStart("devices");
    for (Map.Entry<String, NetworkDevice> device : devices.entrySet()) {
      if (!device.getValue().equals(SimulatedNetwork.BRIDGE)) {
        json.writeObjectFieldStart(device.getKey());
        write(json, device.getValue());
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, NetworkDevice device) throws IOException {
    json.writeStringField("kind", kind(device.kind()));
    json.writeBooleanField("up", device.up());
    json.writeNumberField("mtu", device.mtuBytes());
    json.writeStringField("alias", device.alias());
    json.writeStringField("master", device.master());
    Forwarding forwarding = device.forwarding();
    if (forwarding != null) {
      json.writeBooleanField("spanningTree", forwarding.spanningTree());
      json.writeNumberField("forwardDelay", forwarding.delayCentiseconds());
    }
    Tag tag = device.tag();
    if (tag != null) {
      json.writeStringField("device", tag.device());
      json.writeNumberField("vlan", tag.vlan());
    }
    if (!device.below().equals(below(tag))) {
      json.writeArrayFieldStart("below");
      for (String below : ImmutableSortedSet.copyOf(device.below())) {
        json.writeString(below);
      }
      json.writeEndArray();
    }
    if (!(device.use() instanceof HostUse.Unknown)) {
      json.writeBooleanField("carriesHost", device.use() instanceof HostUse.Used);
    } else {
      json.writeNullField("carriesHost");
    }
    json.writeStringField("manager", device.manager());
  }

  static ImmutableSortedMap<String, NetworkDevice> readAll(JsonTree tree) throws HostFailure {
    TreeMap<String, NetworkDevice> devices = new TreeMap<>();
    for (String bridge : StateReader.strings(tree, "bridges")) {
      devices.put(bridge, SimulatedNetwork.BRIDGE);
    }
    Optional<JsonTree> field = tree.field("devices");
    if (field.isPresent()) {
      for (Map.Entry<String, JsonTree> entry : field.get().fields().entrySet()) {
        devices.put(entry.getKey(), device(entry.getValue()));
      }
    }
    return ImmutableSortedMap.copyOf(devices);
  }

  private static NetworkDevice device(JsonTree tree) throws HostFailure {
    StateReader.known(tree, FIELDS);
    Optional<JsonTree> named = tree.field("kind");
    Kind kind =
        named.isPresent()
            ? StateReader.oneOf(named.get(), Kind.values(), NetworkForm::kind)
            : Kind.OTHER;
    Tag tag =
        kind == Kind.VLAN
            ? new Tag(
                StateReader.required(tree, "device").string(),
                (int) StateReader.required(tree, "vlan").number(1))
            : null;
    return new NetworkDevice(
        kind,
        StateReader.bool(tree, "up", true),
        StateReader.number(tree, "mtu", SimulatedNetwork.INTERFACE.mtuBytes()),
        StateReader.string(tree, "alias", ""),
        StateReader.string(tree, "master", ""),
        kind == Kind.BRIDGE
            ? new Forwarding(
                StateReader.bool(tree, "spanningTree", false),
                StateReader.number(tree, "forwardDelay", 0))
            : null,
        tag,
        tree.field("below").isPresent()
            ? ImmutableSet.copyOf(StateReader.strings(tree, "below"))
            : below(tag),
        use(tree),
        StateReader.string(tree, "manager", ""));
  }

  private static ImmutableSet<String> below(@Nullable Tag tag) {
    return tag == null ? ImmutableSet.of() : ImmutableSet.of(tag.device());
  }

  /** Null stands for a device of which {@code ip} cannot say it. */
  private static HostUse use(JsonTree tree) throws HostFailure {
    Optional<JsonTree> field = tree.field("carriesHost");
    if (field.isPresent() && field.get().value() == null) {
      return new HostUse.Unknown("ip failed");
    }
    return StateReader.bool(tree, "carriesHost", false) ? HostUse.USED : HostUse.UNUSED;
  }

  private static String kind(Kind kind) {
    return switch (kind) {
      case BRIDGE -> "bridge";
      case VLAN -> "vlan";
      case OTHER -> "interface";
    };
  }
}
