package org.quattor.ncm.xen.schema;

import com.google.common.base.Splitter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;

/** A profile whose component is read as it is declared; all else is as its source has it. */
final class DeclaredProfile implements Profile {

  private final Profile source;
  private final @Nullable Element component;

  DeclaredProfile(Profile source, PanType type, Declarations declarations) {
    this.source = source;
    this.component =
        source
            .find(Declarations.COMPONENT)
            .map(
                element ->
                    DeclaredElement.of(element, element.path(), element.name(), type, declarations))
            .orElse(null);
  }

  @Override
  public Optional<Element> find(String path) {
    if (path.equals(Declarations.COMPONENT)) {
      return Optional.ofNullable(component);
    }
    if (!path.startsWith(Declarations.COMPONENT + "/")) {
      return source.find(path);
    }
    Optional<Element> element = Optional.ofNullable(component);
    String below = path.substring(Declarations.COMPONENT.length() + 1);
    for (String step : Splitter.on('/').split(below)) {
      element = element.flatMap(parent -> parent.child(step));
    }
    return element;
  }

  @Override
  public String source() {
    return source.source();
  }
}
