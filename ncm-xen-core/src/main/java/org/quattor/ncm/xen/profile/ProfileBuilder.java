package org.quattor.ncm.xen.profile;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;

/**
 * Puts a profile together that no compiler wrote, from the root dict inwards. Keys come in any
 * order; in a list they are null.
 */
public final class ProfileBuilder {

  private final TreeBuilder tree;

  /** Begins a profile. */
  public ProfileBuilder() {
    tree = new TreeBuilder(new ParseErrors("a profile that is being made", () -> "0:0"));
    tree.startDict(null);
  }

  /** Opens a dict. */
  public ProfileBuilder dict(@Nullable String key) {
    tree.startDict(key);
    return this;
  }

  /** Opens a list. */
  public ProfileBuilder list(@Nullable String key) {
    tree.startList(key);
    return this;
  }

  /** Closes the innermost dict or list. */
  public ProfileBuilder end() {
    tree.end();
    return this;
  }

  /** Adds a string. */
  public ProfileBuilder string(@Nullable String key, String value) {
    tree.string(key, value);
    return this;
  }

  /** Adds a boolean. */
  public ProfileBuilder bool(@Nullable String key, boolean value) {
    tree.bool(key, value);
    return this;
  }

  /** Adds a long. */
  public ProfileBuilder number(@Nullable String key, long value) {
    tree.wholeNumber(key, Long.toString(value));
    return this;
  }

  /** Adds an element of another profile, with all that is below it. */
  public ProfileBuilder copy(@Nullable String key, Element element) {
    switch (element.type()) {
      case STRING -> tree.string(key, element.text());
      case LONG -> tree.wholeNumber(key, element.text());
      case DOUBLE -> tree.fraction(key, element.text());
      case BOOLEAN -> tree.bool(key, element.asBoolean());
      case DICT -> {
        tree.startDict(key);
        element.children().forEach(child -> copy(child.name(), child));
        tree.end();
      }
      case LIST -> {
        tree.startList(key);
        element.children().forEach(child -> copy(null, child));
        tree.end();
      }
    }
    return this;
  }

  /**
   * Closes the root and returns the profile.
   *
   * @param source where it comes from, for messages
   */
  public Profile build(String source) {
    tree.end();
    return new TreeProfile(tree.root(), source, true);
  }

  /**
   * Returns a profile with one element in the place of what is there; dicts that lead to it are
   * made.
   *
   * @param path an absolute path of dicts
   */
  public static Profile replace(Profile profile, String path, Element element) {
    ImmutableNode root = PanTree.copy(profile.find("/").orElseThrow(), null);
    return new TreeProfile(
        replace(Optional.of(root), null, PanPath.steps(path), element),
        profile.source(),
        profile.typed());
  }

  private static ImmutableNode replace(
      Optional<ImmutableNode> there, @Nullable String name, List<String> steps, Element element) {
    if (steps.isEmpty()) {
      return PanTree.copy(element, name);
    }
    String step = steps.get(0);
    List<ImmutableNode> children =
        new ArrayList<>(
            there
                .filter(node -> PanTree.type(node) == Element.Type.DICT)
                .map(ImmutableNode::getChildren)
                .orElse(ImmutableList.of()));
    int index = PanTree.indexOf(children, step);
    Optional<ImmutableNode> before =
        index < 0 ? Optional.empty() : Optional.of(children.remove(index));
    children.add(replace(before, step, steps.subList(1, steps.size()), element));
    children.sort((one, other) -> one.getNodeName().compareTo(other.getNodeName()));
    return PanTree.dict(name, children);
  }
}
