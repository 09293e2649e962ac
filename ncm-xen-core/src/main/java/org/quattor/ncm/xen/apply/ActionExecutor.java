package org.quattor.ncm.xen.apply;

import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.plan.Action;
import org.quattor.ncm.xen.plan.DomainAction;
import org.quattor.ncm.xen.plan.FileAction;
import org.quattor.ncm.xen.plan.NetworkAction;
import org.quattor.ncm.xen.plan.StorageAction;

/** Gives each action to the executor of its family. */
final class ActionExecutor implements Action.Visitor {

  private final FileExecutor files;
  private final StorageExecutor storage;
  private final NetworkExecutor network;
  private final DomainExecutor domains;
  private @Nullable String instead;

  ActionExecutor(
      XenHost host, HostDomains domains, Observation seen, ComponentContext context, Pause pause) {
    DiskGuard guard = new DiskGuard(host, domains, seen);
    this.files = new FileExecutor(host, guard, context);
    this.storage = new StorageExecutor(host, guard, context.listener());
    this.network = new NetworkExecutor(host);
    this.domains = new DomainExecutor(host, domains, guard, context.listener(), pause);
  }

  ActionResult execute(Action action) throws HostFailure {
    instead = null;
    action.accept(this);
    String why = instead;
    return why == null
        ? new ActionResult(action, Outcome.DONE, "")
        : new ActionResult(action, Outcome.NOT_RUN, why);
  }

  @Override
  public void file(FileAction action) throws HostFailure {
    action.accept(files);
  }

  @Override
  public void storage(StorageAction action) throws HostFailure {
    action.accept(storage);
  }

  @Override
  public void network(NetworkAction action) throws HostFailure {
    action.accept(network);
  }

  @Override
  public void domain(DomainAction action) throws HostFailure {
    instead = domains.execute(action).orElse(null);
  }
}
