package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.xen.host.Toolstack;

/** Stand-in until the component is merged. */
public final class XenComponent implements Component {

  /** Makes one. */
  public XenComponent() {}

  @Override
  public String name() {
    return "xen";
  }

  @Override
  public ComponentPlan plan(Intent intent, ComponentContext context) {
    throw new UnsupportedOperationException("not merged yet");
  }

  @Override
  public ComponentResult apply(ComponentPlan plan, ComponentContext context) {
    throw new UnsupportedOperationException("not merged yet");
  }

  /** Checks the profile without a host. */
  public ImmutableList<Finding> check(ComponentContext context) {
    return ImmutableList.of();
  }

  /** Returns the guest files as they would be written. */
  public ImmutableList<GuestText> show(ComponentContext context, Toolstack dialect) {
    return ImmutableList.of();
  }
}
