package org.quattor.ncm.xen;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;

/** A guest that runs, web, and the profiles that change it. */
final class RunningWeb {

  /** What a guest is started with in each test. */
  static final String OPTIONS =
      """
      "name": "web", "memory": 512, "maxmem": 1024, "vcpus": 1, "maxvcpus": 4,
      "cpus": "0-1", "kernel": "/boot/vmlinuz", "extra": "quiet",
      "vif": ["mac=00:16:3e:00:00:01,bridge=xenbr0"],
      "disk": [{"type": "lvm", "hostdevice": "vg0", "hostvol": "web", "guestdevice": "xvda",
                "rw": "w", "size": 1024}]""";

  static final String NEW_DISK =
      "}, {\"type\": \"lvm\", \"hostdevice\": \"vg0\", \"hostvol\": \"data\","
          + " \"guestdevice\": \"xvdb\", \"rw\": \"w\", \"size\": 1024}]";

  private RunningWeb() {}

  /** Returns a host on which the guest runs as {@link #OPTIONS} says. */
  static Scenario on(Path folder) {
    Scenario host =
        new Scenario(folder)
            .with(bare -> bare.withGroup("vg0", 1L << 40).withBridge("xenbr0").withBridge("dmz"));
    for (String kernel : List.of("/boot/vmlinuz", "/boot/vmlinuz-6.1", "/boot/other")) {
      host.file(kernel, "a kernel");
    }
    host.configure(guest(OPTIONS, "report"));
    return host;
  }

  static Profile guest(String options, String onChange) {
    return Scenario.domains(
        "{\"web\": {\"on_change\": \"%s\", \"options\": {%s}}}".formatted(onChange, options));
  }

  static String changed(String change) {
    return switch (change) {
      case "memory" -> OPTIONS.replace("\"memory\": 512", "\"memory\": 768");
      case "vcpus" -> OPTIONS.replace("\"vcpus\": 1", "\"vcpus\": 2");
      case "weight" -> OPTIONS.replace("\"extra\"", "\"cpu_weight\": 512, \"extra\"");
      case "cpus" -> OPTIONS.replace("0-1", "2,3");
      case "disk" -> OPTIONS.replace("}]", NEW_DISK);
      case "vif" -> OPTIONS.replace("xenbr0\"]", "xenbr0\", \"mac=00:16:3e:00:00:02,bridge=dmz\"]");
      case "memory beyond" ->
          OPTIONS.replace("\"memory\": 512, \"maxmem\": 1024", "\"memory\": 2048");
      case "maxmem" -> OPTIONS.replace("1024, \"vcpus", "4096, \"vcpus");
      case "vcpus beyond" -> OPTIONS.replace("\"vcpus\": 1, \"maxvcpus\": 4", "\"vcpus\": 8");
      case "kernel" -> OPTIONS.replace("vmlinuz", "vmlinuz-6.1");
      case "cmdline" -> OPTIONS.replace("quiet", "single");
      case "on_crash" -> OPTIONS.replace("\"extra\"", "\"on_crash\": \"preserve\", \"extra\"");
      case "no vif" -> OPTIONS.replace("\"mac=00:16:3e:00:00:01,bridge=xenbr0\"", "");
      case "bridge" -> OPTIONS.replace("xenbr0", "dmz");
      case "read only" -> OPTIONS.replace("\"rw\": \"w\"", "\"rw\": \"r\"");
      case "another disk" -> OPTIONS.replace("\"hostvol\": \"web\"", "\"hostvol\": \"web2\"");
      case "another device" -> OPTIONS.replace("xvda", "hda");
      default -> throw new IllegalArgumentException(change);
    };
  }

  static Stream<String> types(List<? extends PlannedAction> actions) {
    return actions.stream().map(PlannedAction::type).filter(type -> !type.startsWith("write-"));
  }

  static String found(ComponentPlan plan, String id) {
    return plan.findings().stream()
        .filter(finding -> finding.id().equals(id))
        .map(Finding::found)
        .reduce((one, other) -> one + " AND " + other)
        .orElse("");
  }
}
