package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.Guest;

/** A plan in the making: actions and findings in order, and the guests that are held back. */
final class PlanBuilder {

  private final Map<String, Action> actions = new LinkedHashMap<>();
  private final Findings findings = new Findings();
  private final Set<String> heldBack = new HashSet<>();
  private boolean complete = true;

  /** Adds an action; the same one, needed by a second guest, is not added again. */
  String add(Action action) {
    actions.putIfAbsent(action.id(), action);
    return action.id();
  }

  void found(Finding finding) {
    findings.add(finding);
  }

  /** Reports what keeps a guest from being started or changed, see {@link Catalogue#finding}. */
  void holdBack(Guest guest, String form, String path, Object... values) {
    heldBack.add(guest.key());
    findings.add(form, path, values);
  }

  /** Keeps a guest from being started or changed, for a reason that is reported elsewhere. */
  void holdBack(Guest guest) {
    heldBack.add(guest.key());
  }

  void report(String form, String path, Object... values) {
    findings.add(form, path, values);
  }

  boolean isHeldBack(Guest guest) {
    return heldBack.contains(guest.key());
  }

  /** Returns what a path is, for a message; empty where nothing exists. */
  static Optional<String> kind(FileEntry entry) {
    return entry.exists() ? Optional.of(entry.kind().text()) : Optional.empty();
  }

  void incomplete() {
    complete = false;
  }

  boolean isComplete() {
    return complete;
  }

  ImmutableList<Action> actions() {
    return ImmutableList.copyOf(actions.values());
  }

  ImmutableList<Finding> findings() {
    return findings.all();
  }
}
