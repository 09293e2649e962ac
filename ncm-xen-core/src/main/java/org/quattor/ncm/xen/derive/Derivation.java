package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.derive.HostVariables.BridgePort;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.profile.HostName;
import org.quattor.ncm.xen.profile.ProfileBuilder;
import org.quattor.ncm.xen.text.NearestName;

/**
 * Derives a host's {@code /software/components/xen} from its guests' own profiles, as the Pan
 * templates {@code xen/host/config} and {@code xen/configure_guests} do when the host is compiled.
 *
 * <pre>{@code
 * HostVariables variables = new VariablesReader().file(Path.of("xen.properties")).read();
 * DerivedProfile profile =
 *     new Derivation(variables, Toolstack.XL)
 *         .derive(host, GuestProfiles.in(List.of(Path.of("profiles"))));
 * }</pre>
 *
 * The result is a {@link Profile} for a {@code ComponentContext}.
 */
public final class Derivation {

  private final HostVariables variables;
  private final Toolstack toolstack;

  /**
   * Makes one.
   *
   * @param toolstack what the host's guests are managed with; it decides on the default bootloader
   */
  public Derivation(HostVariables variables, Toolstack toolstack) {
    this.variables = variables;
    this.toolstack = toolstack;
  }

  /**
   * Derives the component of a host that is known by its name. Its own profile is looked for among
   * those of the guests; without one its networks are not known.
   *
   * @param hostName the full name
   * @throws Refusal when the host's own profile is there and cannot be read
   */
  public DerivedProfile derive(String hostName, GuestProfiles profiles) {
    Optional<Profile> found = profiles.find(variables.profilePrefix() + hostName);
    Findings findings = new Findings();
    if (found.isEmpty()) {
      findings.add("XEN525", hostName);
    }
    return derive(hostName, found.orElseGet(() -> bare(hostName)), profiles, findings);
  }

  /**
   * Derives the component of the host that a profile is of. What the profile says of the component
   * already is kept where it is not derived: further domains, and fields that no variable sets.
   */
  public DerivedProfile derive(Profile host, GuestProfiles profiles) {
    return derive(HostName.of(host), host, profiles, new Findings());
  }

  private DerivedProfile derive(
      String hostName, Profile host, GuestProfiles profiles, Findings findings) {
    findings.addAll(variables.findings());
    Optional<Element> before =
        host.find(XenPaths.COMPONENT).filter(element -> element.type() == Element.Type.DICT);
    DerivedNetwork network = new DerivedNetwork(host, variables.bridges());
    GuestChoice choice = new GuestChoice(variables, hostName, profiles, findings);
    ImmutableList<String> guests = choice.guests();
    requireKnownGuests(guests, profiles, findings);

    ProfileBuilder tree = new ProfileBuilder();
    flag(tree, before, "create_domains", variables.createDomains(), Variable.CREATE_DOMAINS);
    flag(
        tree,
        before,
        "create_filesystems",
        variables.createFilesystems(),
        Variable.CREATE_FILESYSTEMS);
    tree.dict("domains");
    GuestDerivation derivation =
        new GuestDerivation(
            variables, toolstack, network, new Compatibility(host, toolstack, findings), findings);
    for (String guest : guests) {
      profile(guest, profiles, findings)
          .ifPresent(
              profile -> {
                choice.requireHere(guest, profile);
                derivation.derive(guest, profile, tree);
              });
    }
    keepDomains(before, ImmutableSet.copyOf(guests), choice, tree, findings);
    tree.end();
    network(tree, before, network);
    for (Element field : Tree.members(before)) {
      if (!DERIVED.contains(field.name())) {
        tree.copy(field.name(), field);
      }
    }
    Element component = tree.build(host.source()).find("/").orElseThrow();
    return new DerivedProfile(
        ProfileBuilder.replace(host, XenPaths.COMPONENT, component), hostName, findings.all());
  }

  private static final ImmutableSet<String> DERIVED =
      ImmutableSet.of("create_domains", "create_filesystems", "domains", "network");

  private static Profile bare(String hostName) {
    int dot = hostName.indexOf('.');
    ProfileBuilder tree = new ProfileBuilder().dict("system").dict("network");
    tree.string("hostname", dot < 0 ? hostName : hostName.substring(0, dot));
    if (dot >= 0) {
      tree.string("domainname", hostName.substring(dot + 1));
    }
    return tree.end().end().build("the host " + hostName);
  }

  /** A variable that is given comes before the profile, and the profile before its default. */
  private void flag(
      ProfileBuilder tree,
      Optional<Element> before,
      String field,
      boolean value,
      Variable<Boolean> variable) {
    Optional<Element> there = before.flatMap(component -> Tree.child(component, field));
    if (there.isPresent() && !variables.isGiven(variable)) {
      tree.copy(field, there.get());
    } else {
      tree.bool(field, value);
    }
  }

  private Optional<Profile> profile(String guest, GuestProfiles profiles, Findings findings) {
    String name = variables.profilePrefix() + guest;
    try {
      Optional<Profile> profile = profiles.find(name);
      if (profile.isEmpty()) {
        findings.add(
            "XEN507", guest, "name", name, "nearest", NearestName.of(name, profiles.names()));
      }
      return profile;
    } catch (Refusal e) {
      findings.add("XEN507.unreadable", guest, "reason", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Variables are mostly a site's, so that other hosts' guests are no mistake; others may be. */
  private void requireKnownGuests(
      ImmutableList<String> guests, GuestProfiles profiles, Findings findings) {
    Set<String> known = new TreeSet<>(guests);
    variables.database().values().forEach(known::addAll);
    for (String name : profiles.names()) {
      if (name.startsWith(variables.profilePrefix())) {
        known.add(name.substring(variables.profilePrefix().length()));
      }
    }
    known(Variable.BOOTLOADER, variables.bootloaders(), known, findings);
    known(Variable.BOOTARGS, variables.bootargs(), known, findings);
    known(Variable.VIF_BRIDGE, variables.vifBridges(), known, findings);
    known(Variable.GUESTS_MACHINE_DB, variables.machines(), known, findings);
  }

  private void known(
      Variable<?> variable, Map<String, ?> byGuest, Set<String> known, Findings findings) {
    for (String guest : byGuest.keySet()) {
      if (!known.contains(guest)) {
        findings.add(
            "XEN508",
            variables.place(variable) + "/" + guest,
            "guest",
            guest,
            "nearest",
            NearestName.of(guest, known));
      }
    }
  }

  private static void keepDomains(
      Optional<Element> before,
      ImmutableSet<String> derived,
      GuestChoice choice,
      ProfileBuilder tree,
      Findings findings) {
    for (Element domain : Tree.members(before.flatMap(it -> Tree.child(it, "domains")))) {
      if (!derived.contains(domain.name())) {
        choice.requireNotElsewhere(domain.name());
        tree.copy(domain.name(), domain);
        findings.add("XEN523", domain.path());
      }
    }
  }

  private void network(ProfileBuilder tree, Optional<Element> before, DerivedNetwork network) {
    Optional<Element> there = before.flatMap(component -> Tree.child(component, "network"));
    boolean declared = variables.isGiven(Variable.NETWORK_BRIDGES);
    Optional<Element> bridges = there.flatMap(element -> Tree.child(element, "bridges"));
    if (there.isEmpty() && network.bridges().isEmpty()) {
      return;
    }
    tree.dict("network");
    boolean keep = bridges.isPresent() && !declared;
    if (keep) {
      tree.copy("bridges", bridges.get());
    } else if (!network.bridges().isEmpty()) {
      tree.dict("bridges");
      network.bridges().forEach((name, port) -> bridge(tree, name, port));
      tree.end();
    }
    for (Element field : Tree.members(there)) {
      if (!field.name().equals("bridges")) {
        tree.copy(field.name(), field);
      }
    }
    tree.end();
  }

  private static void bridge(ProfileBuilder tree, String name, BridgePort port) {
    tree.dict(name);
    if (port.netdev() != null) {
      tree.string("netdev", port.netdev());
    }
    if (port.vifnum() != null) {
      tree.number("vifnum", port.vifnum());
    }
    tree.end();
  }
}
