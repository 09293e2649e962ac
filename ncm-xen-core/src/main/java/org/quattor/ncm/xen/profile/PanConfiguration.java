package org.quattor.ncm.xen.profile;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
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

  private static ImmutableNode root(Profile profile) {
    Element root = profile.find("/").orElseThrow();
    return root instanceof TreeElement tree ? tree.node() : PanTree.copy(root, null);
  }
}
