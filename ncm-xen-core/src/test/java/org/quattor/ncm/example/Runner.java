package org.quattor.ncm.example;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentProvider;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;

/**
 * Runs the components of a profile in one JVM: those that are active and to be dispatched, each
 * after those that it depends on, and not at all when one of these has failed.
 */
final class Runner {

  private static final String COMPONENTS = "/software/components";

  private final Map<String, Component> components;
  private final Consumer<ComponentContext.Builder> surroundings;

  /**
   * Makes one.
   *
   * @param components those that there are, by name
   * @param surroundings adds what the runner hands to each: host operations, listener, deadline
   */
  Runner(Map<String, Component> components, Consumer<ComponentContext.Builder> surroundings) {
    this.components = Map.copyOf(components);
    this.surroundings = surroundings;
  }

  /** What became of a component: a result, or the problem that kept it from running. */
  record Ran(String component, @Nullable ComponentResult result, String problem) {
    boolean failed() {
      return result == null || result.errors() > 0;
    }
  }

  // begin find
  /** Returns the components that are on the class path or the module path. */
  static Map<String, Component> installed() {
    Map<String, Component> found = new TreeMap<>();
    for (ComponentProvider provider : ServiceLoader.load(ComponentProvider.class)) {
      found.put(provider.name(), provider.create());
    }
    return found;
  }

  // end find

  // begin run
  /** Runs what the profile wants to be run, in its order. */
  Map<String, Ran> configure(Profile profile) {
    Map<String, Ran> ran = new LinkedHashMap<>();
    for (String name : order(profile)) {
      List<String> failed =
          before(profile).get(name).stream()
              .filter(ran::containsKey)
              .filter(earlier -> ran.get(earlier).failed())
              .toList();
      Component component = components.get(name);
      if (!failed.isEmpty()) {
        ran.put(name, problem(name, "it depends on " + String.join(", ", failed)));
      } else if (component == null) {
        ran.put(name, problem(name, "there is no such component here"));
      } else {
        ComponentContext.Builder context = ComponentContext.builder(profile);
        surroundings.accept(context);
        ran.put(name, new Ran(name, component.configure(context.build()), ""));
      }
    }
    return ran;
  }

  // end run

  // begin order
  /** Returns the names of the components to run: dependencies first, otherwise by name. */
  List<String> order(Profile profile) {
    SortedMap<String, List<String>> before = before(profile);
    List<String> ordered = new ArrayList<>();
    for (String name : before.keySet()) {
      visit(name, before, new ArrayDeque<>(), ordered);
    }
    return ordered;
  }

  private static void visit(
      String name, Map<String, List<String>> before, Deque<String> path, List<String> ordered) {
    if (path.contains(name)) {
      throw new IllegalArgumentException("components depend on each other: " + path);
    }
    if (ordered.contains(name)) {
      return;
    }
    path.push(name);
    for (String earlier : before.get(name)) {
      visit(earlier, before, path, ordered);
    }
    path.pop();
    ordered.add(name);
  }

  /** Returns, for each component to run, those of them that come before it. */
  private static SortedMap<String, List<String>> before(Profile profile) {
    SortedMap<String, List<String>> before = new TreeMap<>();
    List<Element> wanted =
        profile.find(COMPONENTS).stream()
            .flatMap(all -> all.children().stream())
            .filter(component -> isTrue(component, "active") && isTrue(component, "dispatch"))
            .toList();
    wanted.forEach(component -> before.put(component.name(), new ArrayList<>()));
    for (Element component : wanted) {
      for (String name : names(component, "pre")) {
        if (before.containsKey(name)) {
          before.get(component.name()).add(name);
        }
      }
      for (String name : names(component, "post")) {
        if (before.containsKey(name)) {
          before.get(name).add(component.name());
        }
      }
    }
    return before;
  }

  // end order

  private static boolean isTrue(Element component, String field) {
    return component.child(field).map(Element::asBoolean).orElse(false);
  }

  private static List<String> names(Element component, String kind) {
    return component.child("dependencies").flatMap(all -> all.child(kind)).stream()
        .flatMap(list -> list.children().stream())
        .map(Element::text)
        .toList();
  }

  private static Ran problem(String name, String problem) {
    return new Ran(name, null, problem);
  }
}
