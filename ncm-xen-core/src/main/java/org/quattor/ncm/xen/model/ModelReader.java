package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.RemoteFile;
import org.quattor.ncm.xen.model.Guest.Autostart;
import org.quattor.ncm.xen.model.Lifecycle.OnChange;
import org.quattor.ncm.xen.model.Lifecycle.State;

/**
 * Turns a component tree that the schema has accepted into records.
 *
 * <p>What the types of the schema cannot say (which fields a kind of disk needs) becomes a finding
 * here, since a disk without them cannot become a record.
 */
public final class ModelReader {

  /** The fields of options that are parts of the records; all others are settings. */
  private static final ImmutableSet<String> READ_BY_NAME =
      ImmutableSet.of(
          "name",
          "memory",
          "maxmem",
          "vcpus",
          "maxvcpus",
          "cpus",
          "uuid",
          "type",
          "builder",
          "kernel",
          "ramdisk",
          "root",
          "extra",
          "cmdline",
          "bootloader",
          "bootargs",
          "ip",
          "netmask",
          "gateway",
          "hostname",
          "nfs_server",
          "nfs_root",
          "on_poweroff",
          "on_reboot",
          "on_crash",
          "vif",
          "nics",
          "disk",
          "vfb",
          "vtpm",
          "download",
          "extra_config");

  private static final ImmutableList<String> NIC_KEYS =
      ImmutableList.of(
          "mac",
          "bridge",
          "gatewaydev",
          "type",
          "model",
          "vifname",
          "script",
          "ip",
          "backend",
          "rate",
          "devid",
          "mtu",
          "vlan");

  private final Findings findings = new Findings();
  private @Nullable String onChange;

  private ModelReader() {}

  /**
   * The records, and what kept a disk from becoming one.
   *
   * @param configuration the records
   * @param findings one for each disk that is missing in them
   */
  public record Observed(XenConfiguration configuration, ImmutableList<Finding> findings) {}

  /** Reads the element at {@code /software/components/xen}, which must be valid. */
  public static Observed read(Element component) {
    ModelReader reader = new ModelReader();
    XenConfiguration configuration = reader.configuration(new Fields(component));
    return new Observed(configuration, reader.findings.all());
  }

  private XenConfiguration configuration(Fields fields) {
    onChange = fields.optionalText("on_change");
    ImmutableSortedMap.Builder<String, Guest> guests = ImmutableSortedMap.naturalOrder();
    for (Element domain : fields.children("domains")) {
      guests.put(domain.name(), guest(domain));
    }
    ImmutableSortedMap.Builder<String, GuestLocation> locations = ImmutableSortedMap.naturalOrder();
    for (Element entry : fields.children("guest_map")) {
      Fields location = new Fields(entry);
      locations.put(
          entry.name(),
          new GuestLocation(location.text("guest_mac"), location.text("hypervisor_name")));
    }
    return new XenConfiguration(
        fields.flag("active", true),
        fields.flag("create_filesystems", false),
        fields.flag("create_domains", false),
        guests.buildOrThrow(),
        locations.buildOrThrow(),
        NetworkReader.read(fields.record("network")));
  }

  private Guest guest(Element domain) {
    Fields fields = new Fields(domain);
    Fields install = fields.record("install_options");
    Boolean auto = fields.optionalFlag("auto");
    return new Guest(
        domain.name(),
        domain.path(),
        options(fields.mandatoryRecord("options")),
        install == null ? null : options(install),
        auto == null ? Autostart.UNDECLARED : auto ? Autostart.ON : Autostart.OFF,
        lifecycle(fields),
        fetches(fields));
  }

  private static ImmutableList<Fetch> fetches(Fields fields) {
    ImmutableList.Builder<Fetch> fetches = ImmutableList.builder();
    for (Element entry : fields.children("fetch")) {
      Fields fetch = new Fields(entry);
      String sha256 = Fields.lowerCase(fetch.text("sha256"));
      fetches.add(
          new Fetch(fetch.path(), new RemoteFile(fetch.text("url"), sha256), fetch.text("path")));
    }
    return fetches.build();
  }

  private Lifecycle lifecycle(Fields fields) {
    String change = fields.optionalText("on_change");
    return new Lifecycle(
        fields.constant("state", State.class, State.UNDECLARED),
        fields.number("start_order", 0),
        fields.number("start_delay", 0),
        fields.number("shutdown_timeout", Lifecycle.SHUTDOWN_TIMEOUT_SECONDS),
        Fields.choice(change == null ? onChange : change, OnChange.class, OnChange.REPORT));
  }

  private GuestOptions options(Fields fields) {
    String uuid = fields.optionalText("uuid");
    return new GuestOptions(
        fields.path(),
        fields.text("name"),
        fields.number("memory"),
        fields.optionalNumber("maxmem"),
        fields.optionalNumber("vcpus"),
        fields.optionalNumber("maxvcpus"),
        fields.optionalText("cpus"),
        uuid == null ? null : Fields.lowerCase(uuid),
        new GuestOptions.Boot(
            fields.optionalText("type"),
            fields.optionalText("builder"),
            fields.optionalText("kernel"),
            fields.optionalText("ramdisk"),
            fields.optionalText("root"),
            fields.optionalText("extra"),
            fields.optionalText("cmdline"),
            fields.optionalText("bootloader"),
            fields.optionalText("bootargs")),
        new GuestOptions.NetworkBoot(
            fields.optionalText("ip"),
            fields.optionalText("netmask"),
            fields.optionalText("gateway"),
            fields.optionalText("hostname"),
            fields.optionalText("nfs_server"),
            fields.optionalText("nfs_root")),
        new GuestOptions.Events(
            fields.optionalText("on_poweroff"),
            fields.optionalText("on_reboot"),
            fields.optionalText("on_crash")),
        vifs(fields),
        disks(fields),
        fields.optionalText("vfb"),
        fields.optionalText("vtpm"),
        settings(fields),
        fields.children("download").stream()
            .map(Element::text)
            .collect(ImmutableList.toImmutableList()));
  }

  private static ImmutableList<XlSetting> settings(Fields fields) {
    ImmutableList.Builder<XlSetting> settings = ImmutableList.builder();
    for (Element field : fields.all()) {
      if (!READ_BY_NAME.contains(field.name())) {
        settings.add(XlSetting.of(field, false));
      }
    }
    for (Element key : fields.children("extra_config")) {
      settings.add(XlSetting.of(key, true));
    }
    return settings.build();
  }

  private @Nullable ImmutableList<Vif> vifs(Fields fields) {
    if (fields.has("nics") && fields.has("vif")) {
      findings.add("XEN110", fields.path() + "/nics");
    }
    if (fields.has("nics")) {
      return fields.children("nics").stream()
          .map(element -> nic(new Fields(element)))
          .collect(ImmutableList.toImmutableList());
    }
    if (!fields.has("vif")) {
      return null;
    }
    return fields.children("vif").stream()
        .map(element -> Vif.parse(element.path(), element.text()))
        .collect(ImmutableList.toImmutableList());
  }

  /** The fields of a nic are the keys of a vif, but for trusted, which is a word alone. */
  private static Vif nic(Fields fields) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String key : NIC_KEYS) {
      String text = fields.filledText(key);
      if (text != null) {
        keys.put(key, text);
      }
    }
    Boolean trusted = fields.optionalFlag("trusted");
    if (trusted != null) {
      keys.put(trusted ? "trusted" : "untrusted", "");
    }
    return Vif.of(fields.path(), keys);
  }

  private @Nullable ImmutableList<Disk> disks(Fields fields) {
    if (!fields.has("disk")) {
      return null;
    }
    DiskReader disks = new DiskReader(findings);
    return fields.children("disk").stream()
        .flatMap(element -> disks.read(new Fields(element)).stream())
        .collect(ImmutableList.toImmutableList());
  }
}
