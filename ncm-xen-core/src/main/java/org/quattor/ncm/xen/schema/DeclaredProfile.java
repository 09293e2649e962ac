package org.quattor.ncm.xen.schema;

import com.google.common.base.Splitter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.finding.XenPaths;

/** A profile whose component is read as it is declared; all else is as its source has it. */
final class DeclaredProfile implements Profile {

  private final Profile source;
  private final @Nullable Element component;

  DeclaredProfile(Profile source, PanType type, Declarations declarations) {
    this.source = source;
    this.component =
        source
            .find(XenPaths.COMPONENT)
            .map(
                element ->
                    DeclaredElement.of(element, element.path(), element.name(), type, declarations))
            .orElse(null);
  }

  @Override
  public Optional<Element> find(String path) {
    if (path.equals(XenPaths.COMPONENT)) {
      return Optional.ofNullable(component);
    }
    if (!path.startsWith(XenPaths.COMPONENT + "/")) {
      return source.find(path);
    }
    Optional<Element> element = Optional.ofNullable(component);
    String below = path.substring(XenPaths.COMPONENT.length() + 1);
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
