package org.quattor.ncm.xen.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every call that makes a finding and every text of the catalogue, held against each other in the
 * sources: a finding that is made rarely has its values as well as one that every test makes.
 */
class FindingCallsTest {

  private static final Pattern FORM = Pattern.compile("XEN[0-9]{3}(\\.[a-z0-9-]+)?");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][A-Za-z0-9]*)[:}]");

  /** The names of the values at each call, by form. */
  private static final TreeMap<String, Set<Set<String>>> CALLS = new TreeMap<>();

  /** Forms that stand somewhere else in the sources, such as a choice between two. */
  private static final Set<String> NAMED = new TreeSet<>();

  @BeforeAll
  static void readTheSources() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> tree = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources = tree.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      Calls calls = new Calls();
      task.parse().forEach(unit -> calls.scan(unit, null));
    }
  }

  private static final class Calls extends TreeScanner<Void, Void> {
    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
      List<? extends ExpressionTree> arguments = call.getArguments();
      for (int i = 0; i < arguments.size(); i++) {
        for (String form : forms(arguments.get(i))) {
          CALLS
              .computeIfAbsent(form, key -> new java.util.HashSet<>())
              .add(names(arguments.subList(i + 1, arguments.size())));
        }
      }
      return super.visitMethodInvocation(call, unused);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void unused) {
      if (literal.getValue() instanceof String text && FORM.matcher(text).matches()) {
        NAMED.add(text);
      }
      return super.visitLiteral(literal, unused);
    }

    /** Both ends of {@code a ? "XEN402" : "XEN402.by-name"} too. */
    private static List<String> forms(ExpressionTree argument) {
      List<String> forms = new ArrayList<>();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitLiteral(LiteralTree literal, Void unused) {
          if (literal.getValue() instanceof String text && FORM.matcher(text).matches()) {
            forms.add(text);
          }
          return null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
          return null;
        }
      }.scan(argument, null);
      return forms;
    }

    /**
     * The first argument behind the form may be the place; names and values alternate to the end.
     */
    private static Set<String> names(List<? extends ExpressionTree> arguments) {
      Set<String> names = new TreeSet<>();
      for (int i = arguments.size() % 2; i < arguments.size(); i += 2) {
        if (arguments.get(i) instanceof LiteralTree literal
            && literal.getValue() instanceof String name) {
          names.add(name);
        }
      }
      return names;
    }
  }

  private static Set<String> placeholders(Entry.Form form) {
    Set<String> names = new TreeSet<>();
    for (String template : List.of(form.found(), form.expected(), form.hint())) {
      for (Matcher place = PLACEHOLDER.matcher(template); place.find(); ) {
        names.add(place.group(1));
      }
    }
    return names;
  }

  private static TreeMap<String, Entry.Form> forms() {
    TreeMap<String, Entry.Form> forms = new TreeMap<>();
    for (Entry entry : Catalogue.get().all()) {
      entry
          .forms()
          .forEach(
              (name, form) -> forms.put(entry.id() + (name.isEmpty() ? "" : "." + name), form));
    }
    return forms;
  }

  @Test
  void everyTextOfTheCatalogueIsMadeSomewhereAndEveryCallHasItsText() {
    Set<String> made = new TreeSet<>(NAMED);
    // What the doctor tells has a heading and no template; StatusReader asks for an id.
    made.removeIf(form -> form.matches("XEN5[56]\\d") && !forms().containsKey(form));
    assertThat(forms().keySet()).isEqualTo(made);
  }

  @Test
  void everyCallHasTheValuesOfItsText() {
    Set<String> wrong = new TreeSet<>();
    forms()
        .forEach(
            (name, form) -> {
              for (Set<String> names : CALLS.getOrDefault(name, Set.of())) {
                if (!names.equals(placeholders(form))) {
                  wrong.add(name + " has " + placeholders(form) + ", its call gives " + names);
                }
              }
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void noTextIsOneThatAnotherFormOfTheSameFindingHas() {
    for (Entry entry : Catalogue.get().all()) {
      assertThat(entry.forms().values()).as(entry.id()).doesNotHaveDuplicates();
    }
  }

  @Test
  void everyEntryIsExplained() {
    assertThat(Catalogue.get().all())
        .allSatisfy(
            entry ->
                assertThat(Stream.of(entry.cause(), entry.example(), entry.fix()))
                    .as(entry.id())
                    .noneMatch(String::isEmpty));
    assertThat(Catalogue.get().all().stream().map(Entry::id).collect(Collectors.toList()))
        .isSorted()
        .doesNotHaveDuplicates();
  }
}
