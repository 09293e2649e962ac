package org.quattor.ncm.xen.host.linux;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainState;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;

/** The domains of {@code xl(1)}. */
final class XlDomains implements HostDomains {

  /** What may follow the file, such as {@code memory=512}. */
  private static final Pattern SETTING = Pattern.compile("[a-z_0-9]+\\s*\\+?=");

  private final ToolstackCommands commands;
  private final Path proc;

  XlDomains(ToolstackCommands commands, Path proc) {
    this.commands = commands;
    this.proc = proc;
  }

  @Override
  public List<DomainState> list() throws HostFailure {
    return commands.list();
  }

  @Override
  public Map<String, DomainConfiguration> configurations() throws HostFailure {
    Map<String, DomainConfiguration> domains = new TreeMap<>();
    XlUserData notes = new XlUserData(commands.files());
    for (Map.Entry<Integer, DomainConfiguration> domain :
        XlLongList.parse(commands.longList()).entrySet()) {
      domains.put(domain.getValue().name(), notes.completed(domain.getKey(), domain.getValue()));
    }
    return domains;
  }

  /**
   * Returns for each {@code xl create FILE} and {@code xl restore FILE} process the last step of
   * its files: {@code xl create} becomes the monitor process of the domain and keeps its command
   * line. That step is the domain's name where file names follow domain names, as those of ncm-xen
   * and of xendomains do; another one names a domain that nobody asks for. Options, and settings
   * that follow the file, are no files.
   */
  @Override
  public Set<String> watched() throws HostFailure {
    Set<String> names = new TreeSet<>();
    for (ImmutableList<String> words : ProcessTable.commandLines(proc)) {
      int verb = Math.max(words.indexOf("create"), words.indexOf("restore"));
      if (verb > 0 && ProcessTable.lastStep(words.get(0)).equals("xl")) {
        words.subList(verb + 1, words.size()).stream()
            .filter(word -> !word.startsWith("-") && !SETTING.matcher(word).lookingAt())
            .map(ProcessTable::lastStep)
            .forEach(names::add);
      }
    }
    return names;
  }

  @Override
  public void start(String guestFile) throws HostFailure {
    commands.start(guestFile);
  }

  @Override
  public void shutdown(String name, Duration timeout) throws HostFailure {
    commands.shutdown(name, timeout);
  }
}
