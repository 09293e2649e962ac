package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.host.Toolstack;

/** The profiles of a site in a folder: a host and a guest, unless a test writes others. */
final class Site {

  static final String HOST = "xen1.example.org";
  static final String GUEST = "vm1.example.org";

  /** The assignment that makes the guest the host's only one. */
  static final String GUESTS = "XEN_GUESTS=" + GUEST;

  /** The assignment that gives every guest a bootloader. */
  static final String LOADER = "XEN_BOOTLOADER_DEFAULT=pygrub";

  private final Path folder;

  Site(Path folder) throws IOException {
    this.folder = folder;
    profile(
        HOST,
        """
        {"hardware": {"cpu": [{"arch": "x86_64", "cores": 8}],
                      "cards": {"nic": {"eth0": {"hwaddr": "00:30:48:00:00:01"},
                                        "eth1": {"hwaddr": "00:30:48:00:00:02"}}}},
         "system": {"network": {"hostname": "xen1", "domainname": "example.org", "interfaces": {
           "eth0": {"ip": "192.0.2.10", "netmask": "255.255.255.0"},
           "eth1": {"ip": "10.0.0.10", "netmask": "255.255.255.0"}}}}}""");
    guest(GUEST, "");
  }

  /** Writes a guest; what is given comes before what it otherwise has. */
  Site guest(String name, String hardware) throws IOException {
    return profile(
        name,
        """
        {"hardware": {%s%s%s%s%s},
         "system": {"kernel": {"version": "5.14.0-362.el9.x86_64"},
                    "network": {"interfaces": {"eth0": {"ip": "192.0.2.31"}}}}}"""
            .formatted(
                hardware.isEmpty() ? "" : hardware + ", ",
                unless(hardware, "ram", "[{\"size\": 1024}]", ", "),
                unless(hardware, "cpu", "[{\"arch\": \"x86_64\"}]", ", "),
                unless(hardware, "harddisks", "{\"xvda\": {\"capacity\": 10240}}", ", "),
                unless(
                    hardware,
                    "cards",
                    "{\"nic\": {\"eth0\": {\"hwaddr\": \"00:16:3e:11:22:31\"}}}",
                    ""))
            .replace(", }", "}"));
  }

  private static String unless(String hardware, String field, String value, String end) {
    return hardware.contains('"' + field + '"') ? "" : '"' + field + "\": " + value + end;
  }

  Site profile(String name, String json) throws IOException {
    Files.writeString(folder.resolve(name + ".json"), json);
    return this;
  }

  /** Derives for the host, with assignments as --set takes them. */
  DerivedProfile derive(String... assignments) {
    return derive(Toolstack.XL, assignments);
  }

  DerivedProfile derive(Toolstack toolstack, String... assignments) {
    return derive(HOST, toolstack, assignments);
  }

  DerivedProfile derive(String host, Toolstack toolstack, String... assignments) {
    VariablesReader reader = new VariablesReader();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      reader.set(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return new Derivation(reader.read(), toolstack)
        .derive(host, GuestProfiles.in(ImmutableList.of(folder)));
  }

  /** Returns the text of an element of the component. */
  static String text(DerivedProfile profile, String path) {
    return profile
        .find("/software/components/xen/" + path)
        .map(
            element ->
                element.type().isProperty()
                    ? element.text()
                    : element.children().stream().map(Element::name).toList().toString())
        .orElse("absent");
  }

  /** Returns the text of an option of the guest. */
  static String options(DerivedProfile profile, String path) {
    return text(profile, "domains/" + GUEST + "/options/" + path);
  }

  static List<String> sentences(DerivedProfile profile) {
    return profile.findings().stream()
        .map(finding -> finding.id() + " " + finding.sentence())
        .toList();
  }

  static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).toList();
  }
}
