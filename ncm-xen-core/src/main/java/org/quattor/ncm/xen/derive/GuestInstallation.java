package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.finding.Findings;

/**
 * What being a Xen guest changes in a guest's own profile, as the Pan template {@code
 * xen/guest/config} does when the guest is compiled: the version of its kernel, what the install
 * server boots it with, its host. A profile that was compiled with the template has these values
 * already and gets the same again.
 *
 * @param guest the name of its profile
 * @param values strings by absolute Pan path
 * @param findings what keeps a value from being derived
 */
public record GuestInstallation(
    String guest, ImmutableSortedMap<String, String> values, ImmutableList<Finding> findings) {

  private static final String KERNEL_VERSION = "/system/kernel/version";
  private static final String PXELINUX = "/system/aii/nbp/pxelinux";
  private static final String LOCATION = "/hardware/location";
  private static final String LABEL_END = " Xen";
  private static final String FOLDER_END = "_xen";

  /** Derives them. */
  public static GuestInstallation of(String guest, Profile profile, HostVariables variables) {
    return new Reader(profile, new Findings()).read(guest, variables);
  }

  private record Reader(Profile profile, Findings findings) {

    GuestInstallation read(String guest, HostVariables variables) {
      Map<String, String> values = new TreeMap<>();
      Optional<KernelVersion> kernel = kernel();
      kernel.ifPresent(version -> values.put(KERNEL_VERSION, forXen(version)));
      pxelinux(kernel, values);
      location(guest, variables).ifPresent(host -> values.put(LOCATION, host));
      return new GuestInstallation(guest, ImmutableSortedMap.copyOf(values), findings.all());
    }

    private Optional<KernelVersion> kernel() {
      Optional<String> text = text(KERNEL_VERSION);
      Optional<KernelVersion> version = text.flatMap(KernelVersion::of);
      if (version.isEmpty()) {
        findings.add("XEN561", profile.source() + ":" + KERNEL_VERSION, "version", text);
      }
      return version;
    }

    /** Kernels that do not run as a guest as they are have a brother that does. */
    private static String forXen(KernelVersion version) {
      if (version.isForXen()) {
        return version.text();
      }
      return version.text() + (version.isBefore(2, 6, 10) ? "xenU" : "xen");
    }

    private void pxelinux(Optional<KernelVersion> kernel, Map<String, String> values) {
      text(PXELINUX + "/label")
          .ifPresentOrElse(
              label ->
                  values.put(
                      PXELINUX + "/label", label.endsWith(LABEL_END) ? label : label + LABEL_END),
              () -> missing("label"));
      // The installer of a system whose kernel has no brother is the same everywhere.
      boolean own = kernel.filter(version -> version.isBefore(2, 6, 23)).isPresent();
      for (String file : new String[] {"kernel", "initrd"}) {
        text(PXELINUX + "/" + file)
            .ifPresentOrElse(
                path -> values.put(PXELINUX + "/" + file, own ? inFolderForXen(path) : path),
                () -> missing(file));
      }
    }

    /** {@code sl450_x86_64/vmlinuz} becomes {@code sl450_x86_64_xen/vmlinuz}. */
    private static String inFolderForXen(String path) {
      int slash = path.lastIndexOf('/');
      if (slash < 0) {
        return path;
      }
      String folder = path.substring(0, slash);
      return folder.endsWith(FOLDER_END) ? path : folder + FOLDER_END + path.substring(slash);
    }

    private void missing(String field) {
      findings.add("XEN562", profile.source() + ":" + PXELINUX + "/" + field);
    }

    /** Returns the host of the guest by {@code XEN_DB}. */
    private Optional<String> location(String guest, HostVariables variables) {
      ImmutableList<String> hosts =
          variables.database().entrySet().stream()
              .filter(entry -> entry.getValue().contains(guest))
              .map(Map.Entry::getKey)
              .collect(ImmutableList.toImmutableList());
      if (hosts.size() > 1) {
        findings.add("XEN563", variables.place(Variable.DB), "guest", guest, "hosts", hosts);
      }
      return hosts.size() == 1 ? Optional.of(hosts.get(0)) : Optional.empty();
    }

    private Optional<String> text(String path) {
      return profile
          .find(path)
          .filter(element -> element.type() == Element.Type.STRING)
          .map(Element::text)
          .filter(text -> !text.isEmpty() && text.chars().noneMatch(Character::isISOControl));
    }
  }

  /** Returns assignments in Pan, one on a line, for the guest's own template. */
  public String pan() {
    StringBuilder pan = new StringBuilder();
    values.forEach(
        (path, value) ->
            // In single quotes nothing but the quote itself means anything.
            pan.append("'")
                .append(path)
                .append("' = '")
                .append(value.replace("'", "''"))
                .append("';\n"));
    return pan.toString();
  }
}
