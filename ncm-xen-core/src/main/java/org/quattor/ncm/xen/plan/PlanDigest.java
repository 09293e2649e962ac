package org.quattor.ncm.xen.plan;

import com.google.common.base.Suppliers;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A digest over what a plan was made from, worked out when it is asked for: it costs as much as all
 * the rest of the plan, and few ask.
 */
public final class PlanDigest {

  private final Supplier<String> text;

  /** Makes one of what works it out; that is asked once at most. */
  public PlanDigest(Supplier<String> text) {
    this.text = Suppliers.memoize(text::get);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlanDigest digest && digest.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** Returns the digest; empty when the host was not looked at. */
  @Override
  public String toString() {
    return text.get();
  }
}
