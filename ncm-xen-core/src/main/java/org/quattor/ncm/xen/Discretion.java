package org.quattor.ncm.xen;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.text.Mask;
import org.quattor.ncm.xen.text.Secrets;

/**
 * Keeps the secrets of a profile out of what the component says: tools and files of the host may
 * have them in their words. Everything that leaves the component passes here once.
 *
 * @param mask knows the secrets
 */
record Discretion(Mask mask) {

  /** Knows no secrets. */
  static final Discretion NONE = new Discretion(Mask.of(List.of()));

  /** Returns the one for a component's tree. */
  static Discretion of(Element component) {
    Set<String> secrets = new HashSet<>();
    Deque<Part> left = new ArrayDeque<>();
    left.add(new Part(component, false));
    while (!left.isEmpty()) {
      Part part = left.remove();
      Element element = part.element();
      if (element.type() == Element.Type.STRING || (part.named() && element.type().isProperty())) {
        secrets.addAll(Secrets.in(part.named(), element.text()));
      }
      if (!element.type().isProperty()) {
        for (Element child : element.children()) {
          boolean named = part.named() || Ascii.toLowerCase(child.name()).contains("passw");
          left.add(new Part(child, named));
        }
      }
    }
    return new Discretion(Mask.of(secrets));
  }

  private record Part(Element element, boolean named) {}

  ImmutableList<Finding> findings(List<Finding> findings) {
    return findings.stream().map(this::finding).collect(ImmutableList.toImmutableList());
  }

  private Finding finding(Finding finding) {
    return new Finding(
        finding.id(),
        finding.severity(),
        mask.masked(finding.path()),
        mask.masked(finding.found()),
        mask.masked(finding.expected()),
        mask.masked(finding.hint()));
  }

  ActionResult result(ActionResult result) {
    return new ActionResult(result.action(), result.outcome(), mask.masked(result.cause()));
  }

  /** Returns the failure in words without secrets; what caused it may have them in its own. */
  HostFailure failure(HostFailure failure) {
    HostFailure masked = new HostFailure(mask.masked(String.valueOf(failure.getMessage())));
    masked.setStackTrace(failure.getStackTrace());
    return masked;
  }

  /** Returns a listener that hears all but the secrets. */
  ComponentListener listener(ComponentListener listener) {
    return new Masked(this, listener);
  }

  private record Masked(Discretion discretion, ComponentListener listener)
      implements ComponentListener {

    @Override
    public void stage(String description) {
      listener.stage(discretion.mask().masked(description));
    }

    @Override
    public void planned(ComponentPlan plan) {
      listener.planned(plan);
    }

    @Override
    public void started(PlannedAction action) {
      listener.started(action);
    }

    @Override
    public void progress(PlannedAction action, long done, long total) {
      listener.progress(action, done, total);
    }

    @Override
    public void finished(ActionResult result) {
      listener.finished(discretion.result(result));
    }

    @Override
    public void command(String commandLine) {
      listener.command(discretion.mask().masked(commandLine));
    }
  }
}
