package org.quattor.ncm.xen.model;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which disk a text means, as far as the text tells: spellings of a path, a logical volume under
 * its three names, a disk and its partitions. Links, numbers of devices and images behind loop
 * devices need a look at the host.
 *
 * @param names what the text can mean; several, since {@code /dev/mapper/x-part1} is a partition of
 *     {@code x} or the volume {@code part1}
 */
public record DiskName(ImmutableSet<Name> names) {

  /**
   * A disk or a part of one.
   *
   * @param whole the path of the whole disk
   * @param partition its number; empty for the whole disk
   */
  public record Name(String whole, String partition) {}

  private static final String MAPPER = "/dev/mapper/";

  /** What udev calls each device of the device mapper too. */
  private static final String MAPPER_BY_ID = "/dev/disk/by-id/dm-name-";

  /** As the kernel names them: with a p after a digit. */
  private static final Pattern PARTITION =
      Pattern.compile(
          "(/dev/(?:(?:sd|hd|vd|xvd|dasd)[a-z]{1,4}"
              + "|(?:nvme[0-9]{1,4}n|mmcblk|nbd|loop|md|rbd|drbd|cciss/c[0-9]{1,2}d)[0-9]{1,6}(?=p)))"
              + "p?([0-9]{1,4})");

  /** As udev and multipath name them. */
  private static final Pattern NAMED_PARTITION =
      Pattern.compile(
          "(/dev/(?:disk/by-(?:id|path)|mapper)/[^/]{1,255}?)-part([0-9]{1,4})"
              + "|(/dev/mapper/mpath[a-z]{1,4})p?([0-9]{1,4})");

  /** A doubled dash is one of a name; a single one parts group and volume. */
  private static final Pattern VOLUME =
      Pattern.compile("((?:[^-/]|--){1,256}+)-((?:[^-/]|--){1,256}+)");

  /** Returns that of a declared disk. */
  public static DiskName of(Disk disk) {
    return of(disk.backing());
  }

  /** Returns that of a path. */
  public static DiskName of(String path) {
    String plain = normal(path);
    if (plain.startsWith(MAPPER_BY_ID)) {
      plain = MAPPER + plain.substring(MAPPER_BY_ID.length());
    }
    ImmutableSet.Builder<Name> names = ImmutableSet.builder();
    if (plain.startsWith(MAPPER)) {
      Matcher volume = VOLUME.matcher(plain.substring(MAPPER.length()));
      if (volume.matches()) {
        names.add(new Name("/dev/" + single(volume.group(1)) + "/" + single(volume.group(2)), ""));
      }
    }
    Matcher partition = PARTITION.matcher(plain);
    Matcher named = NAMED_PARTITION.matcher(plain);
    if (partition.matches()) {
      names.add(new Name(partition.group(1), number(partition.group(2))));
    } else if (named.matches()) {
      int group = named.group(1) == null ? 3 : 1;
      String whole = named.group(group);
      String number = number(named.group(group + 1));
      names.add(new Name(whole, number));
      if (group == 3 && whole.endsWith("p")) {
        names.add(new Name(whole.substring(0, whole.length() - 1), number));
      }
    }
    ImmutableSet<Name> known = names.build();
    return new DiskName(known.isEmpty() ? ImmutableSet.of(new Name(plain, "")) : known);
  }

  /** Returns whether writing to one can change the other. */
  public boolean overlaps(DiskName other) {
    return names.stream()
        .anyMatch(
            name ->
                other.names.stream()
                    .anyMatch(
                        its ->
                            name.whole().equals(its.whole())
                                && (name.partition().isEmpty()
                                    || its.partition().isEmpty()
                                    || name.partition().equals(its.partition()))));
  }

  /**
   * A path without empty, {@code .} and {@code ..} steps; one that is not absolute is below /dev.
   */
  private static String normal(String path) {
    Deque<String> steps = new ArrayDeque<>();
    String absolute = path.startsWith("/") ? path : "/dev/" + path;
    for (String step : Splitter.on('/').split(absolute)) {
      if (step.equals("..")) {
        steps.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    return "/" + String.join("/", steps);
  }

  private static String single(String name) {
    return name.replace("--", "-");
  }

  private static String number(String digits) {
    return Integer.toString(Integer.parseInt(digits));
  }
}
