package org.quattor.ncm.xen.host.linux;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.FileEntry;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostFiles;

/**
 * What libxl keeps about a domain for programs, in files {@code userdata-d.ID.UUID.KEY} ({@code
 * libxl.h}, userdata; seen with Xen 4.17). It removes them with the domain, so that none can be
 * about another one of the same name.
 */
final class XlUserData {

  private static final String FOLDER = "/var/lib/xen";

  /** What {@code xl config-update} stores: the bytes of a guest file. */
  private static final String STORED = "xl";

  /** Ours: what {@code xl vcpu-pin} was last told, since {@code xl list -l} does not tell it. */
  private static final String PINNED = "ncm-xen-cpus";

  private static final int MAX_FILE_BYTES = 1 << 20;

  private final HostFiles files;

  XlUserData(HostFiles files) {
    this.files = files;
  }

  /** Returns the configuration with what is in the files. */
  DomainConfiguration completed(int id, DomainConfiguration domain) throws HostFailure {
    Optional<String> stored = read(path(id, domain, STORED));
    Optional<String> pinned = read(path(id, domain, PINNED));
    return domain.toBuilder()
        .affinity(pinned.map(XlUserData::parse).orElse(domain.affinity()))
        .stored(stored.orElse(null))
        .build();
  }

  /** Notes what a domain was pinned to. */
  void notePinned(int id, DomainConfiguration domain, List<Set<Integer>> affinity)
      throws HostFailure {
    StringBuilder text = new StringBuilder();
    for (Set<Integer> cpus : affinity) {
      text.append(String.join(",", cpus.stream().map(String::valueOf).toList())).append('\n');
    }
    files.write(
        path(id, domain, PINNED), text.toString().getBytes(StandardCharsets.US_ASCII), 0600);
  }

  /** A line that is no list of CPUs stands for none, which differs from any that is declared. */
  private static List<Set<Integer>> parse(String text) {
    ImmutableList.Builder<Set<Integer>> all = ImmutableList.builder();
    for (String line : Splitter.on('\n').omitEmptyStrings().split(text)) {
      all.add(
          line.matches("[0-9]{1,5}+(,[0-9]{1,5}+)*+")
              ? ImmutableSortedSet.copyOf(
                  Splitter.on(',').splitToStream(line).map(Integer::valueOf).toList())
              : ImmutableSet.of());
    }
    return all.build();
  }

  private Optional<String> read(String path) throws HostFailure {
    return files.look(path).kind() == FileEntry.Kind.FILE
        ? Optional.of(new String(files.read(path, MAX_FILE_BYTES), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static String path(int id, DomainConfiguration domain, String key) {
    return FOLDER + "/userdata-d." + id + "." + domain.uuid() + "." + key;
  }
}
