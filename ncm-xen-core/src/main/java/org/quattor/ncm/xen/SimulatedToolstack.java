package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableSortedSet;
import java.nio.charset.StandardCharsets;
import org.quattor.ncm.xen.guestfile.DeclaredDomain;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFileReader;
import org.quattor.ncm.xen.guestfile.GuestFileReading;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.simulated.GuestFileCheck;

/** Reads a guest file as the toolstack of a simulated host would, with our own reader. */
final class SimulatedToolstack {

  private SimulatedToolstack() {}

  static GuestFileCheck.Guest read(String path, byte[] content) throws HostFailure {
    String text = new String(content, StandardCharsets.UTF_8);
    GuestFile file = parse(path, text);
    String name =
        file.name().orElseThrow(() -> new HostFailure(path + ": Domain name must be specified."));
    return new GuestFileCheck.Guest(
        DeclaredDomain.of(name, file),
        file.devices("disk").stream()
            .filter(disk -> disk.key("access").equals("w!"))
            .map(disk -> disk.key("target"))
            .filter(target -> !target.isEmpty())
            .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)));
  }

  /** What {@code xl} cannot read may be a file for {@code xm}. */
  private static GuestFile parse(String path, String text) throws HostFailure {
    GuestFileReading reading = GuestFileReader.read(text, Toolstack.XL);
    if (!(reading instanceof GuestFile)) {
      reading = GuestFileReader.read(text, Toolstack.XM);
    }
    if (reading instanceof GuestFile file) {
      return file;
    }
    GuestFileReading.Unreadable why = (GuestFileReading.Unreadable) reading;
    throw new HostFailure(path + ":" + why.line() + ": " + why.reason());
  }
}
