package org.quattor.ncm.xen.schema;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.text.BoundedMatch;

/** Walks through a component's tree with the types at its side; used once. */
final class Validator {

  /** More than anybody reads; a list of a million wrong items must not fill the memory. */
  private static final int MAX_FINDINGS = 10_000;

  /** A key of a dict as the language has it: never a list index, which is digits only. */
  private static final Pattern KEY =
      Pattern.compile("(?![0-9]*\\z)[A-Za-z0-9_][A-Za-z0-9_+.-]{0,254}");

  private final Declarations declarations;
  private final Profile profile;

  private final IdentityHashMap<PanType.Fields, RecordPlan> plans = new IdentityHashMap<>();

  /** Patterns that did not come to an end once; tried on each of many values they take too long. */
  private final Set<PanType.Check.Matches> endless = new HashSet<>();

  /** A set, because a site's binding and ours may say the same twice. */
  private final Set<Finding> findings = new LinkedHashSet<>();

  Validator(Declarations declarations, Profile profile) {
    this.declarations = declarations;
    this.profile = profile;
  }

  /** Returns what was found so far. */
  ImmutableList<Finding> findings() {
    return ImmutableList.copyOf(findings);
  }

  /** Validates the element at a path, which has to be there. */
  void validate(String path, PanType type) {
    profile
        .find(path)
        .ifPresentOrElse(
            element -> validate(element, type),
            () -> report(Violations.missingElement(path, Expected.of(type, declarations))));
  }

  /** Validates an element. */
  void validate(Element element, PanType type) {
    type.accept(new Visit(element, type));
  }

  /**
   * What is looked at in a record.
   *
   * @param names of all fields, sorted
   * @param ordered the fields in the compiler's order: included ones first, then mandatory ones,
   *     then optional ones, each by name
   */
  private record RecordPlan(
      ImmutableSortedSet<String> names, ImmutableList<PanType.Field> ordered) {}

  private RecordPlan plan(PanType.Fields type) {
    return plans.computeIfAbsent(
        type,
        fields -> {
          ImmutableList<PanType.Field> ordered = ordered(fields);
          return new RecordPlan(
              ordered.stream()
                  .map(PanType.Field::name)
                  .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder())),
              ordered);
        });
  }

  private ImmutableList<PanType.Field> ordered(PanType.Fields type) {
    ImmutableList.Builder<PanType.Field> ordered = ImmutableList.builder();
    for (PanType.Named include : type.includes()) {
      ordered.addAll(ordered(declarations.fields(include)));
    }
    type.own().stream().sorted(Validator::compare).forEach(ordered::add);
    return ordered.build();
  }

  /** Required fields first, then by name; see {@code Rules} for why this is a plain method. */
  private static int compare(PanType.Field one, PanType.Field other) {
    return one.required() == other.required()
        ? one.name().compareTo(other.name())
        : Boolean.compare(other.required(), one.required());
  }

  private boolean report(Finding finding) {
    if (findings.size() < MAX_FINDINGS) {
      findings.add(finding);
    } else if (findings.size() == MAX_FINDINGS) {
      findings.add(Violations.andMore(XenPaths.COMPONENT, MAX_FINDINGS));
    }
    return false;
  }

  /** One element against one type; says whether it is worth looking further. */
  private final class Visit implements PanType.Visitor<Boolean> {
    private final Element element;
    private final PanType declared;

    Visit(Element element, PanType declared) {
      this.element = element;
      this.declared = declared;
    }

    private String expected() {
      return Expected.of(declared, declarations);
    }

    @Override
    public Boolean basic(PanType.Basic type) {
      if (!type.primitive().admits(element.type())) {
        return report(Violations.wrongType(element, expected()));
      }
      return fitsInto64Bits() && fits(type.range());
    }

    private boolean fitsInto64Bits() {
      if (element.type() == Element.Type.LONG) {
        try {
          element.asLong();
        } catch (IllegalStateException e) {
          return report(Violations.tooLarge(element));
        }
      }
      return true;
    }

    private boolean fits(@Nullable Range range) {
      if (range == null) {
        return true;
      }
      return switch (element.type()) {
        case LONG ->
            range.contains(element.asLong())
                || report(Violations.outOfRange(element, range, expected()));
        case DOUBLE ->
            range.contains(Double.parseDouble(element.text()))
                || report(Violations.outOfRange(element, range, expected()));
        case STRING ->
            range.contains(element.text().length()) || report(Violations.length(element, range));
        case LIST, DICT ->
            range.contains(element.children().size()) || report(Violations.size(element, range));
        case BOOLEAN -> true;
      };
    }

    @Override
    public Boolean named(PanType.Named type) {
      return declarations.type(type.name()).type().accept(this) && fits(type.range());
    }

    @Override
    public Boolean choice(PanType.Choice type) {
      if (element.type() != Element.Type.STRING) {
        return report(Violations.wrongType(element, expected()));
      }
      return type.values().contains(element.text())
          || report(Violations.noChoice(element, type.values()));
    }

    @Override
    public Boolean fields(PanType.Fields type) {
      if (element.type() != Element.Type.DICT) {
        return report(Violations.wrongType(element, "a dict"));
      }
      RecordPlan plan = plan(type);
      if (!type.extensible()) {
        for (Element child : element.children()) {
          if (!plan.names().contains(child.name())) {
            report(Violations.unexpectedField(element, child.name(), plan.names()));
          }
        }
      }
      for (PanType.Field field : plan.ordered()) {
        Optional<Element> child = element.child(field.name());
        if (child.isPresent()) {
          validate(child.get(), field.type());
        } else if (field.mustBeThere()) {
          report(
              Violations.missingField(
                  element, field.name(), Expected.of(field.type(), declarations)));
        }
      }
      return fits(type.range());
    }

    @Override
    public Boolean listOf(PanType.ListOf type) {
      if (element.type() != Element.Type.LIST) {
        return report(Violations.wrongType(element, expected()));
      }
      element.children().forEach(child -> validate(child, type.item()));
      return fits(type.size());
    }

    @Override
    public Boolean dictOf(PanType.DictOf type) {
      if (element.type() != Element.Type.DICT) {
        return report(Violations.wrongType(element, expected()));
      }
      for (Element child : element.children()) {
        if (!KEY.matcher(child.name()).matches()) {
          report(Violations.badKey(element, child.name()));
        }
        validate(child, type.item());
      }
      return fits(type.size());
    }

    @Override
    public Boolean linkTo(PanType.LinkTo type) {
      if (element.type() != Element.Type.STRING) {
        return report(Violations.wrongType(element, expected()));
      }
      Optional<Element> target = profile.find(element.text());
      if (target.isEmpty()) {
        return report(Violations.deadLink(element));
      }
      return Expected.admits(type.target(), target.get().type(), declarations)
          || report(Violations.linkToWrongType(element, Expected.of(type.target(), declarations)));
    }

    @Override
    public Boolean checked(PanType.Checked type) {
      if (!type.base().accept(this)) {
        return false;
      }
      if (type.check() instanceof PanType.Check.Matches matches) {
        return element.type() != Element.Type.STRING || matches(matches);
      }
      PanType.Check.Calls calls = (PanType.Check.Calls) type.check();
      if (calls.function() == CoreFunction.IS_COMPONENT_LIST) {
        element.children().forEach(this::component);
        return true;
      }
      return element.type() != Element.Type.STRING
          || calls.function().test(element.text())
          || report(Violations.noMatch(element, calls.function().expected()));
    }

    private boolean matches(PanType.Check.Matches matches) {
      BoundedMatch found =
          endless.contains(matches)
              ? BoundedMatch.UNDECIDED
              : BoundedMatch.find(matches.pattern(), element.text());
      return switch (found) {
        case FOUND -> true;
        case ABSENT -> report(Violations.noMatch(element, expected()));
        case UNDECIDED -> {
          endless.add(matches);
          yield report(Violations.endlessPattern(element, matches.place()));
        }
      };
    }

    private void component(Element name) {
      boolean known =
          name.type() != Element.Type.STRING
              || profile
                  .find("/software/components")
                  .flatMap(components -> components.child(name.text()))
                  .isPresent();
      if (!known) {
        report(Violations.unknownComponent(name));
      }
    }
  }
}
