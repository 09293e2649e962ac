package org.quattor.ncm.xen;

import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentProvider;

/** Lets a runner find the component by {@link java.util.ServiceLoader}. */
public final class XenComponentProvider implements ComponentProvider {

  /** Makes one; for {@link java.util.ServiceLoader}. */
  public XenComponentProvider() {}

  @Override
  public String name() {
    return "xen";
  }

  @Override
  public Component create() {
    return new XenComponent();
  }
}
