package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.xen.guestfile.FileOrigin;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState.Activity;
import org.quattor.ncm.xen.model.Guest;
import org.quattor.ncm.xen.observe.ConfigurationFile;
import org.quattor.ncm.xen.observe.Observation;

/** What running guests have otherwise than declared; compared once for each. */
public final class RunningGuests {

  /** The keys that are compared with what runs, whatever file it was started from. */
  private static final ImmutableSet<String> COMPARED =
      ImmutableSet.<String>builder()
          .addAll(DomainConfiguration.SETTINGS.keySet())
          .add("memory", "maxmem", "vcpus", "maxvcpus", "cpus", "cpu_weight", "cap")
          .add("name", "disk", "vif")
          .build();

  private final Observation host;
  private final GuestTexts texts;
  private final Map<String, Optional<ImmutableList<Difference>>> differences = new HashMap<>();

  /** Makes one for the host as it was observed, with the texts for it. */
  public RunningGuests(Observation host, GuestTexts texts) {
    this.host = host;
    this.texts = texts;
  }

  /** Returns whether it is known to run, so that it can be changed. */
  boolean runs(Guest guest) {
    return host.domain(guest.options().name())
        .fold(
            domain -> domain.filter(all -> all.activity() == Activity.RUNNING).isPresent(),
            why -> false);
  }

  /** Returns what it is made of; empty when that is unknown: it is neither compared nor changed. */
  Optional<DomainConfiguration> configuration(Guest guest) {
    return host.configuration(guest.options().name()).fold(Optional::of, why -> Optional.empty());
  }

  /** Returns the differences; empty when it does not run or is not known what it is made of. */
  public Optional<ImmutableList<Difference>> differences(Guest guest) {
    return differences.computeIfAbsent(guest.key(), key -> compare(guest));
  }

  private Optional<ImmutableList<Difference>> compare(Guest guest) {
    Optional<DomainConfiguration> running = configuration(guest);
    if (!runs(guest) || running.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ImmutableList.<Difference>builder()
            .addAll(
                Differences.between(
                    guest.options().name(),
                    texts.run(guest).file(),
                    running.get(),
                    host.toolstack()))
            .addAll(others(guest).map(Difference::later).stream().toList())
            .build());
  }

  /**
   * Settings that are not compared with what runs are told when they change in the file, which is
   * what the guest was most likely started from.
   */
  private Optional<String> others(Guest guest) {
    ConfigurationFile there = host.files().get(guest.key());
    if (there == null) {
      return Optional.empty();
    }
    ImmutableSortedSet<String> changed = texts.changedKeys(there.text(), texts.run(guest));
    String others = String.join(", ", Sets.difference(changed, COMPARED));
    return others.isEmpty() || texts.origin(guest, guest.key(), there.text()) != FileOrigin.OURS
        ? Optional.empty()
        : Optional.of(others);
  }

  /** Returns what it takes until everything that is declared is true of the running guest. */
  Impact impact(Guest guest) {
    Impact worst = Impact.NONE;
    for (Difference difference : differences(guest).orElse(ImmutableList.of())) {
      worst = difference.impact().compareTo(worst) > 0 ? difference.impact() : worst;
    }
    return worst;
  }

  /** Returns whether what is stored for the next reboot is what is declared. */
  public boolean isStored(Guest guest) {
    return configuration(guest)
        .map(DomainConfiguration::stored)
        .filter(stored -> texts.sameMeaning(stored, texts.run(guest)))
        .isPresent();
  }
}
