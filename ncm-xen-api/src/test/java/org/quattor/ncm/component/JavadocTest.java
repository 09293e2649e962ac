package org.quattor.ncm.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Whoever embeds ncm-xen reads the javadoc of this jar: none of it is missing. */
class JavadocTest {

  private static final Path SOURCES =
      Path.of(System.getProperty("ncm-xen.checkout", ".."), "ncm-xen-api", "src", "main", "java");

  private int seen;
  private final List<String> bare = new ArrayList<>();

  @Test
  void everythingThatIsVisibleHasAComment() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> found = Files.walk(SOURCES)) {
      List<Path> sources = found.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      DocTrees comments = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Visible(comments).scan(unit, null);
      }
    }
    assertThat(seen).isGreaterThan(200);
    assertThat(bare).isEmpty();
  }

  private final class Visible extends TreePathScanner<Void, Void> {

    private final DocTrees comments;

    Visible(DocTrees comments) {
      this.comments = comments;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!isVisible(type.getModifiers())) {
        return null;
      }
      look(type.getSimpleName().toString());
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean inherits =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      if (isVisible(method.getModifiers()) && !inherits) {
        look(method.getName() + "()");
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
      // The fields of a record are told of at its head.
      if (isVisible(field.getModifiers()) && enclosing().getKind() != Tree.Kind.RECORD) {
        look(field.getName().toString());
      }
      return null;
    }

    private boolean isVisible(ModifiersTree modifiers) {
      Set<Modifier> flags = EnumSet.noneOf(Modifier.class);
      flags.addAll(modifiers.getFlags());
      return flags.contains(Modifier.PUBLIC)
          || flags.contains(Modifier.PROTECTED)
          || (enclosing().getKind() == Tree.Kind.INTERFACE && !flags.contains(Modifier.PRIVATE));
    }

    private Tree enclosing() {
      return getCurrentPath().getParentPath().getLeaf();
    }

    private void look(String name) {
      seen++;
      TreePath path = getCurrentPath();
      if (comments.getDocCommentTree(path) == null) {
        bare.add(path.getCompilationUnit().getSourceFile().getName() + ": " + name);
      }
    }
  }
}
