package org.quattor.ncm.xen.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.configuration2.ImmutableHierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.commons.configuration2.tree.InMemoryNodeModelSupport;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Profile;

/**
 * An embedding caller's configuration as a profile.
 *
 * <p>The root of the configuration is the root of the profile. Types come from the classes of the
 * values: {@link Boolean}, whole numbers, other numbers, and text for everything else, which is not
 * interpolated. Children with the same name are the items of a list. Attributes are left out.
 *
 * <p>Most configurations do not tell a list of one from its item, and those that come from XML or
 * properties know text only. Such a profile is not {@link Profile#typed typed}: the component reads
 * each value as its schema declares it.
 */
public final class ConfigurationProfile {

  private ConfigurationProfile() {}

  /**
   * Returns a snapshot of a configuration: later changes of it are not seen.
   *
   * @param source the name of the profile for messages
   */
  public static Profile of(ImmutableHierarchicalConfiguration configuration, String source) {
    ImmutableNode root =
        configuration instanceof InMemoryNodeModelSupport inMemory
            ? inMemory.getNodeModel().getNodeHandler().getRootNode()
            : nodes(configuration, null);
    return new TreeProfile(element(root, null), source, false);
  }

  /** Copies what only the interface of a configuration gives access to. */
  private static ImmutableNode nodes(
      ImmutableHierarchicalConfiguration configuration, @Nullable String name) {
    ImmutableNode.Builder node =
        new ImmutableNode.Builder().name(name).value(configuration.getProperty(""));
    for (ImmutableHierarchicalConfiguration child :
        configuration.immutableChildConfigurationsAt("")) {
      node.addChild(nodes(child, child.getRootElementName()));
    }
    return node.create();
  }

  private static ImmutableNode element(ImmutableNode node, @Nullable String name) {
    Object value = node.getValue();
    if (value != null) {
      return property(name, value);
    }
    Map<String, List<ImmutableNode>> byName = new TreeMap<>();
    for (ImmutableNode child : node.getChildren()) {
      byName
          .computeIfAbsent(String.valueOf(child.getNodeName()), key -> new ArrayList<>())
          .add(child);
    }
    List<ImmutableNode> children = new ArrayList<>();
    byName.forEach(
        (key, nodes) ->
            children.add(nodes.size() == 1 ? element(nodes.get(0), key) : list(key, nodes)));
    return PanTree.dict(name, children);
  }

  private static ImmutableNode list(@Nullable String name, List<ImmutableNode> nodes) {
    List<ImmutableNode> items = new ArrayList<>();
    for (ImmutableNode node : nodes) {
      items.add(element(node, null));
    }
    return PanTree.list(name, items);
  }

  private static ImmutableNode property(@Nullable String name, Object value) {
    return switch (PanTree.typeOf(value)) {
      case BOOLEAN -> PanTree.bool(name, (Boolean) value);
      case LONG -> PanTree.wholeNumber(name, value.toString());
      case DOUBLE -> PanTree.fraction(name, value.toString());
      case STRING, DICT, LIST -> PanTree.string(name, value.toString());
    };
  }
}
