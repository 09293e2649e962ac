package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.derive.DerivedProfile;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.ModelReader;
import org.quattor.ncm.xen.model.XenConfiguration;
import org.quattor.ncm.xen.plan.PlanDigest;
import org.quattor.ncm.xen.profile.HostName;
import org.quattor.ncm.xen.rules.Rules;
import org.quattor.ncm.xen.schema.Schema;
import org.quattor.ncm.xen.text.NearestName;

/**
 * The first stages of the road, which need no host: profile, schema, model, rules.
 *
 * @param component the component's tree
 * @param hostName the full name of the host that the profile is of; empty when it says none
 * @param findings of derivation, schema, model and rules
 * @param configuration the records; null when the tree is not what the schema says
 */
record ValidatedProfile(
    Element component,
    String hostName,
    ImmutableList<Finding> findings,
    @Nullable XenConfiguration configuration) {

  private static final ImmutableSet<String> MANAGED = ImmutableSet.of("running", "stopped");

  /** Takes the schema and the guests from the options. */
  static ValidatedProfile of(Profile given, XenOptions options) {
    ValidatedProfile validated = of(given, schema(options));
    if (validated.configuration() != null) {
      requireGuests(options.guests(), validated.configuration().guests().keySet());
    }
    return validated;
  }

  static ValidatedProfile of(Profile given, Schema schema) {
    Profile profile = typed(given, schema);
    ImmutableList<Finding> derived =
        given instanceof DerivedProfile its ? its.findings() : ImmutableList.of();
    if (hasErrors(derived)) {
      // What is missing because of them is no news.
      return new ValidatedProfile(component(profile), HostName.of(profile), derived, null);
    }
    ValidatedProfile typed = byTypes(profile, schema, derived);
    XenConfiguration configuration = typed.configuration();
    if (configuration == null) {
      return typed;
    }
    return new ValidatedProfile(
        typed.component(),
        typed.hostName(),
        ImmutableList.<Finding>builder()
            .addAll(typed.findings())
            .addAll(Rules.check(configuration, typed.hostName(), profile))
            .build(),
        configuration);
  }

  /** Leaves the rules out: what is withdrawn need not keep them. */
  static ValidatedProfile byTypes(Profile given, XenOptions options) {
    Schema schema = schema(options);
    return byTypes(typed(given, schema), schema, ImmutableList.of());
  }

  private static ValidatedProfile byTypes(
      Profile profile, Schema schema, ImmutableList<Finding> before) {
    Element component = component(profile);
    String hostName = HostName.of(profile);
    ImmutableList<Finding> violations =
        ImmutableList.<Finding>builder()
            .addAll(before)
            .addAll(schema.validate(component, profile))
            .build();
    if (hasErrors(violations)) {
      return new ValidatedProfile(component, hostName, violations, null);
    }
    ModelReader.Observed reading = ModelReader.read(component);
    return new ValidatedProfile(
        component,
        hostName,
        ImmutableList.<Finding>builder().addAll(violations).addAll(reading.findings()).build(),
        reading.configuration());
  }

  /** Returns the guests; none of a profile that is not what the schema says. */
  ImmutableSortedMap<String, Guest> guests() {
    return configuration == null ? ImmutableSortedMap.of() : configuration.guests();
  }

  /**
   * Returns the keys of guests that may be unmanaged in a profile that is not what the schema says:
   * all but those without {@code state}, and those with one of its other values.
   */
  ImmutableSortedSet<String> spared() {
    Optional<Element> domains = component.child("domains");
    if (configuration != null || domains.isEmpty() || domains.get().type() != Element.Type.DICT) {
      return ImmutableSortedSet.of();
    }
    return domains.get().children().stream()
        .filter(ValidatedProfile::mayBeUnmanaged)
        .map(Element::name)
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  private static boolean mayBeUnmanaged(Element guest) {
    Optional<Element> state =
        guest.type() == Element.Type.DICT ? guest.child("state") : Optional.of(guest);
    return state
        .filter(text -> text.type() != Element.Type.STRING || !MANAGED.contains(text.text()))
        .isPresent();
  }

  /** Returns the digest of what a plan depends on. */
  PlanDigest digest(XenOptions options) {
    return new PlanDigest(() -> ProfileDigest.of(component, hostName, options));
  }

  /** The types of the compiler, or those of the schema where the profile has lost them. */
  private static Profile typed(Profile given, Schema schema) {
    return given.typed() ? given : schema.typed(given);
  }

  /** Returns the component's tree, or says that the profile has none. */
  private static Element component(Profile profile) {
    return profile
        .find(XenPaths.COMPONENT)
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Kind.NO_PROFILE,
                    profile.source()
                        + " has no "
                        + XenPaths.COMPONENT
                        + "; expected the profile of a Xen host"));
  }

  private static Schema schema(XenOptions options) {
    return options.schema().map(Schema::read).orElseGet(Schema::builtIn);
  }

  private static void requireGuests(Set<String> wanted, Set<String> keys) {
    for (String guest : wanted) {
      if (!keys.contains(guest)) {
        throw new Refusal(
            Refusal.Kind.USAGE,
            "the profile has no guest "
                + guest
                + "; "
                + NearestName.of(guest, keys)
                    .map(nearest -> "did you mean " + nearest + "?")
                    .orElse("its guests are " + String.join(", ", keys)));
      }
    }
  }

  static boolean hasErrors(ImmutableList<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
