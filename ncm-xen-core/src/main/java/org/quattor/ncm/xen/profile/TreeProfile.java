package org.quattor.ncm.xen.profile;

import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;

/**
 * A profile over nodes that are laid out as {@link PanTree} says.
 *
 * @param root the root dict
 * @param source where it came from
 * @param typed whether the types of the nodes are the compiler's
 */
record TreeProfile(ImmutableNode root, String source, boolean typed) implements Profile {

  @Override
  public Optional<Element> find(String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    Optional<Element> element = Optional.of(new TreeElement(root, null, ""));
    for (String step : PanPath.steps(path)) {
      element = element.flatMap(parent -> parent.child(step));
    }
    return element;
  }
}
