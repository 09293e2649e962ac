package org.quattor.ncm.xen.translate;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.Quoting;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.text.NearestName;

/**
 * Frame buffers and virtual TPMs for {@code xl}. A value of {@code vfb} may be a password, so no
 * finding here repeats one.
 */
final class VfbAndVtpm {

  private static final ImmutableSet<String> SWITCHES =
      ImmutableSet.of("vnc", "vncunused", "sdl", "opengl");

  private static final ImmutableSet<String> TYPES = ImmutableSet.of("vnc", "sdl");

  private static final ImmutableSet<String> TEXTS =
      ImmutableSet.of("vnclisten", "vncpasswd", "keymap", "display", "xauthority");

  private static final ImmutableSet<String> VFB_KEYS =
      ImmutableSet.<String>builder().addAll(SWITCHES).addAll(TEXTS).add("vncdisplay").build();

  private VfbAndVtpm() {}

  /** Reports a text that begins as a list and is none; says nothing of what it holds. */
  static void reportNoList(String path, Findings findings) {
    findings.add("XEN231", path);
  }

  /** Returns the elements of {@code vfb}. */
  static ImmutableList<String> frameBuffers(GuestOptions options, Findings findings) {
    String path = options.path() + "/vfb";
    return elements(options.vfb(), path, findings).stream()
        .map(element -> frameBuffer(element, path, findings))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the elements of {@code vtpm} that name their backend. */
  static ImmutableList<String> tpms(GuestOptions options, Findings findings) {
    String path = options.path() + "/vtpm";
    return elements(options.vtpm(), path, findings).stream()
        .flatMap(element -> tpm(element, path, findings).stream())
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<String> elements(
      @Nullable String declared, String path, Findings findings) {
    String text = Strings.nullToEmpty(declared).strip();
    if (text.isEmpty()) {
      return ImmutableList.of();
    }
    if (!text.startsWith("[")) {
      return ImmutableList.of(text);
    }
    Optional<ImmutableList<String>> list = Quoting.plainPythonList(text);
    if (list.isEmpty()) {
      reportNoList(path, findings);
    }
    return list.orElse(ImmutableList.of());
  }

  private static String frameBuffer(String element, String path, Findings findings) {
    List<String> parts = new ArrayList<>();
    int number = 0;
    for (String part : Splitter.on(',').omitEmptyStrings().split(element)) {
      number++;
      int equals = part.indexOf('=');
      String key = equals < 0 ? "" : part.substring(0, equals).strip();
      // Blanks inside a value are the value's own; xl takes them as they are.
      String value = part.substring(equals + 1);
      boolean type = key.equals("type");
      if (type) {
        key = value.strip();
        value = "1";
      }
      // Neither key nor value: they may be the rest of a password with a comma in it.
      if (equals < 0) {
        findings.add("XEN230.word", path, "part", number, "keys", VFB_KEYS);
      } else if (type && !TYPES.contains(key)) {
        findings.add("XEN230.type", path, "nearest", NearestName.of(key, TYPES));
      } else if (!VFB_KEYS.contains(key)) {
        Optional<String> nearest = NearestName.of(key, VFB_KEYS);
        findings.add("XEN230", path, "part", number, "keys", VFB_KEYS, "nearest", nearest);
      } else if (SWITCHES.contains(key) && !value.strip().matches("[01]")) {
        findings.add("XEN231.switch", path, "key", key);
      } else if (key.equals("vncdisplay") && !value.strip().matches("[0-9]{1,5}")) {
        findings.add("XEN231.display", path);
      } else {
        parts.add(key + "=" + (TEXTS.contains(key) ? value : value.strip()));
      }
    }
    return String.join(",", parts);
  }

  private static Optional<String> tpm(String element, String path, Findings findings) {
    List<String> parts = new ArrayList<>();
    boolean backed = false;
    for (String part : Splitter.on(',').trimResults().omitEmptyStrings().split(element)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals).strip();
      String value = equals < 0 ? "" : part.substring(equals + 1).strip();
      if (key.equals("backend") && !value.isEmpty()) {
        backed = true;
        parts.add("backend=" + value);
      } else if (key.equals("uuid") && GuestFile.isUuid(value)) {
        parts.add("uuid=" + value);
      } else if (key.equals("instance")) {
        findings.add("XEN232.instance", path);
        return Optional.empty();
      } else {
        findings.add("XEN232", path, "part", part);
        return Optional.empty();
      }
    }
    if (!backed) {
      findings.add("XEN232.backend", path);
      return Optional.empty();
    }
    return Optional.of(String.join(",", parts));
  }
}
