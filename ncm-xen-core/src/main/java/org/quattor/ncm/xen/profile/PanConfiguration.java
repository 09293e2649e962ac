package org.quattor.ncm.xen.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.List;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ImmutableHierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.commons.configuration2.tree.InMemoryNodeModel;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;

/** A profile as a configuration, for callers that work with Commons Configuration. */
public final class PanConfiguration extends BaseHierarchicalConfiguration {

  private PanConfiguration(ImmutableNode root) {
    super(new InMemoryNodeModel(root));
    setExpressionEngine(new PanPathExpressionEngine());
    // Profile strings are data: ${file:…}, ${env:…} and their like stay text.
    setInterpolator(null);
  }

  /** Returns a configuration that answers to Pan paths. Nothing in it is interpolated. */
  public static ImmutableHierarchicalConfiguration of(Profile profile) {
    return new PanConfiguration(root(profile));
  }

  private static PanConfiguration panOf(HierarchicalConfiguration<ImmutableNode> part) {
    return new PanConfiguration(part.getNodeModel().getInMemoryRepresentation());
  }

  private static List<HierarchicalConfiguration<ImmutableNode>> panOf(
      List<HierarchicalConfiguration<ImmutableNode>> parts) {
    return ImmutableList.copyOf(Lists.transform(parts, PanConfiguration::panOf));
  }

  // Parts are made ours, because the library gives every part an interpolator of its own.

  @Override
  public HierarchicalConfiguration<ImmutableNode> configurationAt(
      String key, boolean supportUpdates) {
    return panOf(super.configurationAt(key, false));
  }

  @Override
  public HierarchicalConfiguration<ImmutableNode> configurationAt(String key) {
    return panOf(super.configurationAt(key, false));
  }

  @Override
  public List<HierarchicalConfiguration<ImmutableNode>> configurationsAt(
      String key, boolean supportUpdates) {
    return panOf(super.configurationsAt(key));
  }

  @Override
  public List<HierarchicalConfiguration<ImmutableNode>> configurationsAt(String key) {
    return panOf(super.configurationsAt(key));
  }

  @Override
  public List<HierarchicalConfiguration<ImmutableNode>> childConfigurationsAt(
      String key, boolean supportUpdates) {
    return panOf(super.childConfigurationsAt(key));
  }

  @Override
  public List<HierarchicalConfiguration<ImmutableNode>> childConfigurationsAt(String key) {
    return panOf(super.childConfigurationsAt(key));
  }

  @Override
  public Configuration subset(String prefix) {
    return containsPath(prefix)
        ? panOf(super.configurationAt(prefix, false))
        : new PanConfiguration(PanTree.dict(null, ImmutableList.of()));
  }

  private boolean containsPath(String path) {
    return !super.configurationsAt(path).isEmpty();
  }

  private static ImmutableNode root(Profile profile) {
    Element root = profile.find("/").orElseThrow();
    return root instanceof TreeElement tree ? tree.node() : PanTree.copy(root, null);
  }
}
