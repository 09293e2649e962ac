package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.quattor.ncm.xen.derive.Shape.Placed;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.text.NearestName;
import org.quattor.ncm.xen.text.Printable;

/** Collects what is given from several sources; what comes later takes the place of the earlier. */
final class VariableTree {

  private final ImmutableMap<String, Variable<?>> known;
  private final Findings findings;
  private final Map<String, Given> values = new TreeMap<>();
  private final Map<String, String> sources = new HashMap<>();

  VariableTree(Findings findings) {
    this.findings = findings;
    ImmutableMap.Builder<String, Variable<?>> variables = ImmutableMap.builder();
    Variable.all().forEach(variable -> variables.put(variable.name(), variable));
    this.known = variables.buildOrThrow();
  }

  /** Sets a variable, or the part of it that the keys lead to. */
  void put(String name, List<String> steps, Given value, String source) {
    if (variable(name, source).isEmpty()) {
      return;
    }
    if (steps.isEmpty()) {
      values.put(name, value);
    } else {
      Given before = values.get(name);
      Given.Entries entries = before instanceof Given.Entries there ? there : Given.Entries.NONE;
      values.put(name, entries.with(steps, value));
    }
    sources.put(name, source);
  }

  /**
   * Sets what a line of properties says.
   *
   * @param key the variable's name, with keys after dots
   * @param texts the value; several when the line is there several times
   */
  void putTexts(String key, List<String> texts, String source) {
    int dot = key.indexOf('.');
    String name = dot < 0 ? key : key.substring(0, dot);
    Optional<Variable<?>> variable = variable(name, source);
    if (variable.isEmpty()) {
      return;
    }
    Shape<?> shape = variable.get().shape();
    ImmutableList.Builder<Given> all = ImmutableList.builder();
    List<String> steps = ImmutableList.of();
    for (String text : texts) {
      if (dot < 0) {
        all.add(shape.given(text));
      } else {
        Optional<Placed> placed = shape.place(key.substring(dot + 1), text);
        if (placed.isEmpty()) {
          findings.add(
              "XEN501.key",
              place(source, key),
              "key",
              key.substring(dot + 1),
              "expected",
              shape.expected());
          return;
        }
        steps = placed.get().steps();
        all.add(placed.get().value());
      }
    }
    put(name, steps, joined(all.build()), source);
  }

  private static Given joined(ImmutableList<Given> all) {
    if (all.size() == 1) {
      return all.get(0);
    }
    ImmutableList.Builder<Given> items = ImmutableList.builder();
    for (Given given : all) {
      if (given instanceof Given.Items list) {
        items.addAll(list.items());
      } else {
        items.add(given);
      }
    }
    return new Given.Items(items.build());
  }

  private Optional<Variable<?>> variable(String name, String source) {
    Variable<?> variable = known.get(name);
    String place = place(source, name);
    if (variable != null) {
      return Optional.of(variable);
    }
    if (Variable.OF_TEMPLATES_ONLY.contains(name)) {
      findings.add("XEN503", place);
    } else {
      findings.add(
          "XEN500",
          place,
          "name",
          name,
          "known",
          known.keySet(),
          "nearest",
          NearestName.of(name, known.keySet()));
    }
    return Optional.empty();
  }

  /** Returns the value of a variable; empty when it is not given, or wrong, which is then told. */
  <T> Optional<T> read(Variable<T> variable) {
    Given given = values.get(variable.name());
    if (given == null) {
      return Optional.empty();
    }
    Optional<T> read = variable.shape().read(given, place(variable), findings);
    if (read.isEmpty()) {
      sources.remove(variable.name());
    }
    return read;
  }

  /** Returns what a finding about a variable that is given names as its place. */
  String place(Variable<?> variable) {
    return place(String.valueOf(sources.get(variable.name())), variable.name());
  }

  /** A file may be named by any bytes, and names in it may hold line feeds. */
  static String place(String source, String name) {
    return Printable.line(source + ":" + name);
  }

  /** Returns where each variable comes from that is given and was not found wrong. */
  ImmutableMap<String, String> sources() {
    return ImmutableMap.copyOf(new TreeMap<>(sources));
  }
}
