package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostLiveChanges;
import org.quattor.ncm.xen.host.local.DirectoryFiles;

/**
 * Changes by {@code xl(1)}. {@code config-update} and {@code network-attach} know no {@code --};
 * the names of guests begin with a letter, a digit or an underscore.
 */
final class XlLiveChanges implements HostLiveChanges {

  private static final String XL = "xl";

  private final CommandRunner runner;
  private final DirectoryFiles files;

  XlLiveChanges(CommandRunner runner, DirectoryFiles files) {
    this.runner = runner;
    this.files = files;
  }

  @Override
  public void setMemory(String name, long memoryMib) throws HostFailure {
    run("mem-set", "--", name, memoryMib + "m");
  }

  /** More than the host has CPUs is what {@code xl create} takes as well. */
  @Override
  public void setVcpus(String name, int vcpus) throws HostFailure {
    run("vcpu-set", "--ignore-host", "--", name, Integer.toString(vcpus));
  }

  @Override
  public void setShare(String name, Share share) throws HostFailure {
    String command =
        switch (share.scheduler()) {
          case "credit" -> "sched-credit";
          case "credit2" -> "sched-credit2";
          default ->
              throw new HostFailure(
                  "domain "
                      + name
                      + " is run by the scheduler "
                      + share.scheduler()
                      + ", which knows no weight and cap; expected credit or credit2");
        };
    run(
        command,
        "-d",
        name,
        "-w",
        Integer.toString(share.weight()),
        "-c",
        Integer.toString(share.cap()));
  }

  /** Notes what was done, since {@code xl list -l} goes on telling what the domain started with. */
  @Override
  public void pin(String name, List<Set<Integer>> affinity) throws HostFailure {
    if (affinity.size() <= 1) {
      run("vcpu-pin", name, "all", affinity.isEmpty() ? "all" : list(affinity.get(0)));
    } else {
      for (int vcpu = 0; vcpu < affinity.size(); vcpu++) {
        run("vcpu-pin", name, Integer.toString(vcpu), list(affinity.get(vcpu)));
      }
    }
    String domains = runner.run(XL, "list", "-l").output();
    for (Map.Entry<Integer, DomainConfiguration> domain : XlLongList.parse(domains).entrySet()) {
      if (domain.getValue().name().equals(name)) {
        new XlUserData(files).notePinned(domain.getKey(), domain.getValue(), affinity);
      }
    }
  }

  private static String list(Set<Integer> cpus) {
    return cpus.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The target comes last: it takes all that follows, commas and all, but one at the end. */
  @Override
  public void attachDisk(String name, Map<String, String> keys) throws HostFailure {
    String target = keys.getOrDefault("target", "");
    String others =
        keys.entrySet().stream()
            .filter(key -> !key.getKey().equals("target"))
            .map(key -> key.getKey() + "=" + key.getValue() + ",")
            .collect(Collectors.joining());
    run(
        "block-attach",
        "--",
        name,
        others + "target=" + (target.endsWith(",") ? target + "," : target));
  }

  /** Each key is an argument: xl 4.17 reads only the first key of an argument. */
  @Override
  public void attachVif(String name, Map<String, String> keys) throws HostFailure {
    run(
        ImmutableList.<String>builder()
            .add("network-attach", name)
            .addAll(
                keys.entrySet().stream()
                    .map(
                        key ->
                            key.getValue().isEmpty()
                                ? key.getKey()
                                : key.getKey() + "=" + key.getValue())
                    .toList())
            .build()
            .toArray(new String[0]));
  }

  @Override
  public void store(String name, String guestFile) throws HostFailure {
    run("config-update", name, files.place(guestFile).toString());
  }

  private void run(String... arguments) throws HostFailure {
    runner
        .run(ImmutableList.<String>builder().add(XL).add(arguments).build().toArray(new String[0]))
        .output();
  }
}
