package org.quattor.ncm.xen.profile;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.configuration2.tree.ExpressionEngine;
import org.apache.commons.configuration2.tree.NodeAddData;
import org.apache.commons.configuration2.tree.NodeHandler;
import org.apache.commons.configuration2.tree.QueryResult;
import org.jspecify.annotations.Nullable;

/**
 * Lets a configuration over a profile's tree answer to Pan paths: {@code
 * /software/components/xen/domains/vm1.example.org/options/vif/0}. Without the leading slash a path
 * is relative to the root of the (sub-)configuration.
 */
final class PanPathExpressionEngine implements ExpressionEngine {

  /** What {@link #attributeKey} appends for the attribute that marks a list. */
  private static final String TYPE_STEP = "@" + PanTree.TYPE;

  @Override
  public <T> List<QueryResult<T>> query(T root, @Nullable String key, NodeHandler<T> handler) {
    T node = root;
    for (String step : PanPath.steps(key == null ? "" : key)) {
      T child = child(node, step, handler);
      if (child == null) {
        return step.equals(TYPE_STEP) && handler.getAttributeValue(node, PanTree.TYPE) != null
            ? ImmutableList.of(QueryResult.createAttributeResult(node, PanTree.TYPE))
            : ImmutableList.of();
      }
      node = child;
    }
    return ImmutableList.of(QueryResult.createNodeResult(node));
  }

  private static <T> @Nullable T child(T parent, String step, NodeHandler<T> handler) {
    List<T> children = handler.getChildren(parent);
    if (handler.getAttributeValue(parent, PanTree.TYPE) != null) {
      int index = PanTree.listIndex(step);
      return index < 0 || index >= children.size() ? null : children.get(index);
    }
    int index = PanTree.indexOf(children, step, handler::nodeName);
    return index < 0 ? null : children.get(index);
  }

  @Override
  public <T> String nodeKey(T node, @Nullable String parentKey, NodeHandler<T> handler) {
    return parentKey == null ? "" : parentKey + "/" + step(node, handler);
  }

  @Override
  public <T> String canonicalKey(T node, @Nullable String parentKey, NodeHandler<T> handler) {
    return nodeKey(node, parentKey, handler);
  }

  private static <T> String step(T node, NodeHandler<T> handler) {
    String name = handler.nodeName(node);
    if (name != null) {
      return name;
    }
    T parent = handler.getParent(node);
    return parent == null ? "" : Integer.toString(handler.getChildren(parent).indexOf(node));
  }

  @Override
  public String attributeKey(@Nullable String parentKey, String attributeName) {
    return Objects.requireNonNullElse(parentKey, "") + "/@" + attributeName;
  }

  @Override
  public <T> NodeAddData<T> prepareAdd(T root, String key, NodeHandler<T> handler) {
    throw new UnsupportedOperationException("a profile is not changed: " + key);
  }
}
