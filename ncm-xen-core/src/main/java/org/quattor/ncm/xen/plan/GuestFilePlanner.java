package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import java.util.Optional;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.guestfile.FileOrigin;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.model.Lifecycle.OnChange;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observed;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.FileAction.KeepFile;
import org.quattor.ncm.xen.plan.FileAction.WriteFile;
import org.quattor.ncm.xen.plan.GuestTexts.Desired;

/** Plans the files of guests: each is owned whole, written at once, and only when it differs. */
final class GuestFilePlanner {

  static final int MODE = 0600;

  private final Observation host;
  private final PlanBuilder builder;
  private final GuestTexts texts;
  private final RunningGuests running;
  private final EarlierDisks earlier;

  GuestFilePlanner(
      Observation host,
      PlanBuilder builder,
      GuestTexts texts,
      RunningGuests running,
      EarlierDisks earlier) {
    this.earlier = earlier;
    this.running = running;
    this.host = host;
    this.builder = builder;
    this.texts = texts;
  }

  /**
   * Returns the ids of the actions after which the guest's file is as declared.
   *
   * @param fetched ids of the actions that fetch what the file names
   * @param disks of the guest; a file names only existing disks, see {@link EarlierDisks}
   */
  ImmutableList<String> plan(
      Guest guest, ImmutableList<String> fetched, StoragePlanner.Disks disks) {
    if (!disks.complete()) {
      builder.report("XEN337.waits", Observer.FOLDER + "/" + guest.key());
      return ImmutableList.of();
    }
    if (runsUndescribed(guest)) {
      builder.incomplete(); // XEN362 says why.
      return ImmutableList.of();
    }
    ConfigurationFile there = host.files().get(guest.key());
    if (there != null
        && !there.text().equals(texts.run(guest).text())
        && earlier.keeps(guest.key())) {
      builder.holdBack(guest);
      return ImmutableList.of();
    }
    ImmutableList<String> before =
        ImmutableList.<String>builder().addAll(fetched).addAll(disks.actions()).build();
    texts
        .install(guest)
        .ifPresent(
            file ->
                file(
                    guest,
                    guest.key() + GuestFile.INSTALL_SUFFIX,
                    file,
                    new Before(Impact.NONE, before)));
    Desired run = texts.run(guest);
    return file(guest, guest.key(), run, new Before(impact(guest, run), before));
  }

  /** The uuid that goes into a first file is that of the domain; another one would replace it. */
  private boolean runsUndescribed(Guest guest) {
    String name = guest.options().name();
    return !host.files().containsKey(guest.key())
        && host.domain(name).fold(Optional::isPresent, why -> false)
        && host.configuration(name) instanceof Observed.Unknown;
  }

  /**
   * What is known of a file before it is compared.
   *
   * @param impact of writing it
   * @param actions ids of what has to be done before
   */
  private record Before(Impact impact, ImmutableList<String> actions) {
    Step step(Guest guest, Reason reason) {
      return Step.of(guest.key(), reason).with(impact).after(actions);
    }
  }

  private ImmutableList<String> file(Guest guest, String name, Desired file, Before before) {
    String text = file.text();
    String path = Observer.FOLDER + "/" + name;
    ConfigurationFile there = host.files().get(name);
    if (there == null) {
      return ImmutableList.of(
          builder.add(
              new WriteFile(before.step(guest, Reason.MISSING), path, text, MODE, Effect.CREATE)));
    }
    if (there.entry().kind() != FileEntry.Kind.FILE) {
      builder.holdBack(guest, "XEN340", path, "kind", there.entry().kind().text());
      return ImmutableList.of();
    }
    boolean same = there.faithful() && there.text().equals(text);
    if (same && there.entry().mode() == MODE) {
      return ImmutableList.of();
    }
    FileOrigin origin = texts.origin(guest, name, there.text());
    Step step = before.step(guest, same ? Reason.MODE : reason(origin));
    if (origin != FileOrigin.OURS) {
      step = step.after(Iterables.concat(before.actions(), takeOver(guest, name, there, file)));
    }
    return ImmutableList.of(builder.add(new WriteFile(step, path, text, MODE, Effect.CHANGE)));
  }

  private static Reason reason(FileOrigin origin) {
    return switch (origin) {
      case OURS, UNNAMED -> Reason.DIFFERS;
      case PERL -> Reason.PERL;
      case COPY, FOREIGN -> Reason.FOREIGN;
    };
  }

  /** Keeps a file that ncm-xen did not write, and reports which of its keys the new file lacks. */
  private ImmutableList<String> takeOver(
      Guest guest, String name, ConfigurationFile there, Desired file) {
    ImmutableSortedSet<String> lost = texts.lostKeys(there.text(), file);
    if (!lost.isEmpty()) {
      builder.report("XEN341", Observer.FOLDER + "/" + name, "keys", lost);
    }
    String copy = name + ".old";
    for (int n = 1; host.files().containsKey(copy); n++) {
      ConfigurationFile kept = host.files().get(copy);
      if (kept != null && kept.text().equals(there.text()) && kept.faithful() == there.faithful()) {
        return ImmutableList.of();
      }
      copy = name + "." + n + ".old";
    }
    return ImmutableList.of(
        builder.add(
            new KeepFile(
                Step.of(guest.key(), reason(texts.origin(guest, name, there.text()))),
                Observer.FOLDER + "/" + name,
                Observer.FOLDER + "/" + copy)));
  }

  /**
   * A running domain keeps what it was started with, also over its own reboots: {@code xl} creates
   * it again from its stored configuration. {@link ChangePlanner} plans what is done about that.
   */
  private Impact impact(Guest guest, Desired file) {
    if (!host.mayHaveDomain(guest.options().name())) {
      return Impact.NONE;
    }
    if (running.differences(guest).isPresent()) {
      boolean acts = guest.lifecycle().onChange() != OnChange.REPORT;
      return acts || running.impact(guest) == Impact.NONE ? Impact.NONE : Impact.RESTART;
    }
    ConfigurationFile there = host.files().get(guest.key());
    return there != null && texts.sameMeaning(there.text(), file) ? Impact.NONE : Impact.RESTART;
  }
}
