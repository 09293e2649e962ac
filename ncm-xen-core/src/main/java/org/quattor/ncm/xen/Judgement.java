package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.ProfileException;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.derive.DerivedProfile;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.ModelReader;
import org.quattor.ncm.xen.model.XenConfiguration;
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
record Judgement(
    Element component,
    String hostName,
    ImmutableList<Finding> findings,
    @Nullable XenConfiguration configuration) {

  static Judgement of(ComponentContext context) {
    return of(context, schema(context));
  }

  static Judgement of(ComponentContext context, Schema schema) {
    Profile profile = profile(context, schema);
    Element component = component(profile);
    String hostName = hostName(profile);
    ImmutableList<Finding> derived =
        context.profile() instanceof DerivedProfile its ? its.findings() : ImmutableList.of();
    if (hasErrors(derived)) {
      // What is missing because of them is no news.
      return new Judgement(component, hostName, derived, null);
    }
    ImmutableList<Finding> violations =
        ImmutableList.<Finding>builder()
            .addAll(derived)
            .addAll(schema.validate(component, profile))
            .build();
    if (hasErrors(violations)) {
      return new Judgement(component, hostName, violations, null);
    }
    ModelReader.Reading reading = ModelReader.read(component);
    ImmutableList<Finding> all =
        ImmutableList.<Finding>builder()
            .addAll(violations)
            .addAll(reading.findings())
            .addAll(Rules.check(reading.configuration(), hostName, profile))
            .build();
    XenConfiguration configuration = reading.configuration();
    requireGuests(context, configuration);
    return new Judgement(component, hostName, all, configuration);
  }

  /**
   * Returns the profile with the types of the compiler, or those of the schema where it lost them.
   */
  static Profile profile(ComponentContext context) {
    return context.profile().typed() ? context.profile() : profile(context, schema(context));
  }

  private static Profile profile(ComponentContext context, Schema schema) {
    return context.profile().typed() ? context.profile() : schema.typed(context.profile());
  }

  /** Returns the component's tree, or says that the profile has none. */
  static Element component(Profile profile) {
    return profile
        .find(XenComponent.PATH)
        .orElseThrow(
            () ->
                new ProfileException(
                    ProfileException.Kind.ABSENT,
                    profile.source()
                        + " has no "
                        + XenComponent.PATH
                        + "; expected the profile of a Xen host"));
  }

  /** Returns the guests of the profile as far as it is valid; {@code unconfigure} needs none. */
  static ImmutableSortedMap<String, Guest> declared(ComponentContext context) {
    Profile profile = profile(context);
    Element component = component(profile);
    return hasErrors(schema(context).validate(component, profile))
        ? ImmutableSortedMap.of()
        : ModelReader.read(component).configuration().guests();
  }

  private static Schema schema(ComponentContext context) {
    Optional<String> site = context.option("schema");
    return site.isPresent() ? Schema.read(Path.of(site.get())) : Schema.builtIn();
  }

  /** Returns the full name of the host that a profile is of; empty when it says none. */
  static String hostName(Profile profile) {
    return HostName.of(profile);
  }

  private static void requireGuests(ComponentContext context, XenConfiguration configuration) {
    ImmutableSortedSet<String> keys = configuration.guests().keySet();
    for (String guest : context.options("guest")) {
      if (!keys.contains(guest)) {
        throw new UsageException(
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
