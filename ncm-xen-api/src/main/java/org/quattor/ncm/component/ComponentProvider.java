package org.quattor.ncm.component;

/**
 * Makes a component; stateless, found by {@link java.util.ServiceLoader}.
 *
 * <p>Loading a provider touches neither the host nor the profile.
 */
public interface ComponentProvider {

  /**
   * Returns the name of the component that {@link #create} makes; the same as its {@code name()}.
   */
  String name();

  /** Returns a new component. */
  Component create();
}
