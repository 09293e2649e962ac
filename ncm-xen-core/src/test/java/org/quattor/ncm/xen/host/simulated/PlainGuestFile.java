package org.quattor.ncm.xen.host.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.model.Disk.Access;

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
        name,
        value(text, "uuid"),
        128,
        disk == null
            ? ImmutableList.of()
            : ImmutableList.of(
                new GuestDisk(disk, disk.endsWith(".iso") ? Access.READ_ONLY : Access.READ_WRITE)),
        bridge == null ? ImmutableSet.of() : ImmutableSet.of(bridge));
  }

  private static String value(String text, String key) {
    Matcher line = Pattern.compile("(?m)^" + key + " = \"([^\"]*)\"").matcher(text);
    return line.find() ? line.group(1) : null;
  }
}
