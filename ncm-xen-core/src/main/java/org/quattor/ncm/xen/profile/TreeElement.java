package org.quattor.ncm.xen.profile;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;

/** An element over a node; made when it is asked for. */
final class TreeElement implements Element {

  private final ImmutableNode node;
  private final @Nullable TreeElement parent;
  private final String name;

  TreeElement(ImmutableNode node, @Nullable TreeElement parent, String name) {
    this.node = node;
    this.parent = parent;
    this.name = name;
  }

  @Override
  public String path() {
    return parent == null ? "/" : PanPath.append(parent.path(), name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Type type() {
    return PanTree.type(node);
  }

  @Override
  public String text() {
    if (!type().isProperty()) {
      throw new IllegalStateException(path() + " is a " + type().text() + ", which has no value");
    }
    return PanTree.text(node);
  }

  @Override
  public List<Element> children() {
    ImmutableList.Builder<Element> children = ImmutableList.builder();
    boolean list = type() == Type.LIST;
    int index = 0;
    for (ImmutableNode child : node.getChildren()) {
      String step = list ? Integer.toString(index++) : child.getNodeName();
      children.add(new TreeElement(child, this, step));
    }
    return children.build();
  }

  @Override
  public Optional<Element> child(String step) {
    List<ImmutableNode> nodes = node.getChildren();
    int index = type() == Type.LIST ? PanTree.listIndex(step) : PanTree.indexOf(nodes, step);
    return index < 0 || index >= nodes.size()
        ? Optional.empty()
        : Optional.of(new TreeElement(nodes.get(index), this, step));
  }

  @Override
  public String toString() {
    return path();
  }
}
