package org.quattor.ncm.xen.host.simulated;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.local.JsonTree;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec.RunningDomain;
import org.quattor.ncm.xen.model.Disk.Access;

/** A running domain in the state file of a simulated host. */
final class DomainForm {

  private static final long KIB = 1024;
  private static final long MEMORY_MIB = 256;
  private static final String SCHEDULER = "credit2";
  private static final int WEIGHT = 256;

  private static final ImmutableSet<String> FIELDS =
      ImmutableSet.of(
          "id",
          "uuid",
          "activity",
          "memoryMib",
          "maxMemoryMib",
          "vcpus",
          "maxVcpus",
          "weight",
          "cap",
          "cpus",
          "disks",
          "vifs",
          "settings",
          "stored");

  private DomainForm() {}

  static void write(JsonGenerator json, RunningDomain domain) throws IOException {
    DomainConfiguration made = domain.configuration();
    json.writeNumberField("id", domain.id());
    json.writeStringField("uuid", made.uuid());
    json.writeStringField("activity", domain.activity().text());
    mib(json, "memoryMib", made.memoryKib());
    mib(json, "maxMemoryMib", made.maxMemoryKib());
    whole(json, "vcpus", made.vcpus());
    whole(json, "maxVcpus", made.maxVcpus());
    Share share = made.share();
    whole(json, "weight", share == null ? null : share.weight());
    whole(json, "cap", share == null ? null : share.cap());
    json.writeArrayFieldStart("cpus");
    for (Set<Integer> cpus : made.affinity()) {
      json.writeString(String.join(",", cpus.stream().map(String::valueOf).toList()));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("disks");
    for (Disk disk : made.disks()) {
      json.writeStartObject();
      json.writeStringField("target", disk.target());
      json.writeStringField("device", disk.device());
      json.writeStringField("access", access(domain, disk).letters());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("vifs");
    for (Vif vif : made.vifs()) {
      json.writeStartObject();
      json.writeStringField("mac", vif.mac());
      json.writeStringField("bridge", vif.bridge());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("settings");
    for (Map.Entry<String, String> setting : made.settings().entrySet()) {
      json.writeStringField(setting.getKey(), setting.getValue());
    }
    json.writeEndObject();
    if (made.stored() != null) {
      json.writeStringField("stored", made.stored());
    }
  }

  private static Access access(RunningDomain domain, Disk disk) {
    if (!disk.writable()) {
      return Access.READ_ONLY;
    }
    return domain.shared().contains(disk.target()) ? Access.SHARED_WRITE : Access.READ_WRITE;
  }

  private static void mib(JsonGenerator json, String field, @Nullable Long kib) throws IOException {
    if (kib != null) {
      json.writeNumberField(field, kib / KIB);
    }
  }

  private static void whole(JsonGenerator json, String field, @Nullable Integer number)
      throws IOException {
    if (number != null) {
      json.writeNumberField(field, number);
    }
  }

  static ImmutableSortedMap<String, RunningDomain> readAll(JsonTree tree) throws HostFailure {
    ImmutableSortedMap.Builder<String, RunningDomain> domains = ImmutableSortedMap.naturalOrder();
    Optional<JsonTree> field = tree.field("domains");
    if (field.isPresent()) {
      for (Map.Entry<String, JsonTree> entry : field.get().fields().entrySet()) {
        domains.put(entry.getKey(), read(entry.getKey(), entry.getValue()));
      }
    }
    return domains.buildOrThrow();
  }

  private static RunningDomain read(String name, JsonTree tree) throws HostFailure {
    StateReader.known(tree, FIELDS);
    long memoryMib = StateReader.number(tree, "memoryMib", MEMORY_MIB);
    int vcpus = (int) StateReader.number(tree, "vcpus", 1);
    ImmutableSortedSet.Builder<String> shared = ImmutableSortedSet.naturalOrder();
    Optional<JsonTree> activity = tree.field("activity");
    Optional<JsonTree> stored = tree.field("stored");
    DomainConfiguration configuration =
        DomainConfiguration.named(name)
            .uuid(StateReader.string(tree, "uuid", ""))
            .memoryKib(memoryMib * KIB)
            .maxMemoryKib(StateReader.number(tree, "maxMemoryMib", memoryMib) * KIB)
            .vcpus(vcpus)
            .maxVcpus((int) StateReader.number(tree, "maxVcpus", vcpus))
            .share(
                new Share(
                    SCHEDULER,
                    (int) StateReader.number(tree, "weight", WEIGHT),
                    (int) StateReader.number(tree, "cap", 0)))
            .affinity(affinity(tree))
            .disks(disks(tree, shared))
            .vifs(vifs(tree))
            .settings(settings(tree))
            .stored(stored.isPresent() ? stored.get().string() : null)
            .build();
    return new RunningDomain(
        StateReader.id(StateReader.required(tree, "id")),
        activity.isEmpty()
            ? Activity.RUNNING
            : StateReader.oneOf(activity.get(), Activity.values(), Activity::text),
        configuration,
        shared.build());
  }

  private static ImmutableList<Set<Integer>> affinity(JsonTree tree) throws HostFailure {
    ImmutableList.Builder<Set<Integer>> all = ImmutableList.builder();
    for (String cpus : StateReader.strings(tree, "cpus")) {
      if (!cpus.matches("[0-9]{1,5}+(,[0-9]{1,5}+)*+")) {
        throw tree.expected("in cpus a list of CPUs such as 0,1 for each virtual CPU");
      }
      all.add(
          ImmutableSortedSet.copyOf(
              Splitter.on(',').splitToStream(cpus).map(Integer::valueOf).toList()));
    }
    return all.build();
  }

  private static ImmutableList<Disk> disks(JsonTree tree, ImmutableSortedSet.Builder<String> shared)
      throws HostFailure {
    ImmutableList.Builder<Disk> disks = ImmutableList.builder();
    Optional<JsonTree> listed = tree.field("disks");
    if (listed.isPresent()) {
      for (JsonTree disk : listed.get().items()) {
        StateReader.known(disk, ImmutableSet.of("target", "device", "access"));
        String target = StateReader.required(disk, "target").string();
        Access access =
            StateReader.oneOf(
                StateReader.required(disk, "access"), Access.values(), Access::letters);
        disks.add(new Disk(target, StateReader.string(disk, "device", ""), access.writable()));
        if (access == Access.SHARED_WRITE) {
          shared.add(target);
        }
      }
    }
    return disks.build();
  }

  private static ImmutableList<Vif> vifs(JsonTree tree) throws HostFailure {
    ImmutableList.Builder<Vif> vifs = ImmutableList.builder();
    Optional<JsonTree> listed = tree.field("vifs");
    if (listed.isPresent()) {
      for (JsonTree vif : listed.get().items()) {
        StateReader.known(vif, ImmutableSet.of("mac", "bridge"));
        vifs.add(
            new Vif(StateReader.string(vif, "mac", ""), StateReader.string(vif, "bridge", "")));
      }
    }
    return vifs.build();
  }

  private static ImmutableSortedMap<String, String> settings(JsonTree tree) throws HostFailure {
    ImmutableSortedMap.Builder<String, String> settings = ImmutableSortedMap.naturalOrder();
    Optional<JsonTree> listed = tree.field("settings");
    if (listed.isPresent()) {
      StateReader.known(listed.get(), DomainConfiguration.SETTINGS.keySet());
      for (Map.Entry<String, JsonTree> entry : listed.get().fields().entrySet()) {
        settings.put(entry.getKey(), entry.getValue().string());
      }
    }
    return settings.buildOrThrow();
  }
}
