package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.host.HostFailure;

/** A step that changes the host; these are all kinds of steps that ncm-xen takes. */
public sealed interface Action extends PlannedAction
    permits FileAction, StorageAction, NetworkAction, DomainAction {

  /** Returns what every action has. */
  Step step();

  /** Returns its type, target and summary. */
  Description description();

  /** Calls the method for the family of the action. */
  void accept(Visitor visitor) throws HostFailure;

  @Override
  default String id() {
    return type() + ":" + target();
  }

  @Override
  default String type() {
    return description().type();
  }

  @Override
  default String target() {
    return description().target();
  }

  @Override
  default String summary() {
    return description().summary();
  }

  @Override
  default String subject() {
    return step().subject();
  }

  @Override
  default String reason() {
    return step().why().text();
  }

  @Override
  default Impact impact() {
    return step().impact();
  }

  @Override
  default ImmutableList<String> dependsOn() {
    return step().dependsOn();
  }

  /** Acts by family; each of them has a visitor of its own for its kinds. */
  interface Visitor {
    /** Takes a step on a file. */
    void file(FileAction action) throws HostFailure;

    /** Takes a step on a disk. */
    void storage(StorageAction action) throws HostFailure;

    /** Takes a step on the bridges. */
    void network(NetworkAction action) throws HostFailure;

    /** Takes a step on a domain. */
    void domain(DomainAction action) throws HostFailure;
  }
}
