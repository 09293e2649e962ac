package org.quattor.ncm.xen.host.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Disk;
import org.quattor.ncm.xen.host.DomainConfiguration.Vif;
import org.quattor.ncm.xen.host.HostFailure;

/** Reads guest files of one assignment a line, as the tests write them. */
final class PlainGuestFile implements GuestFileCheck {

  @Override
  public Guest read(String path, byte[] content) throws HostFailure {
    String text = new String(content, UTF_8);
    String name = value(text, "name");
    if (name == null) {
      throw new HostFailure(path + ": Domain name must be specified.");
    }
    String disk = value(text, "disk");
    String bridge = value(text, "bridge");
    return new Guest(
        DomainConfiguration.named(name)
            .uuid(Objects.requireNonNullElse(value(text, "uuid"), ""))
            .memoryKib(131_072L)
            .maxMemoryKib((long) number(text, "maxmem", 128) << 10)
            .maxVcpus(number(text, "maxvcpus", 1))
            .disks(
                disk == null
                    ? ImmutableList.of()
                    : ImmutableList.of(new Disk(disk, "xvda", !disk.endsWith(".iso"))))
            .vifs(bridge == null ? ImmutableList.of() : ImmutableList.of(new Vif("", bridge)))
            .build(),
        ImmutableSortedSet.of());
  }

  private static int number(String text, String key, int absent) {
    Matcher line = Pattern.compile("(?m)^" + key + " = ([0-9]+)$").matcher(text);
    return line.find() ? Integer.parseInt(line.group(1)) : absent;
  }

  private static String value(String text, String key) {
    Matcher line = Pattern.compile("(?m)^" + key + " = \"([^\"]*)\"").matcher(text);
    return line.find() ? line.group(1) : null;
  }
}
