package org.quattor.ncm.xen.translate;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.GuestOptions;
import org.quattor.ncm.xen.model.XlSetting;
import org.quattor.ncm.xen.text.NearestName;

/**
 * The settings of a guest that are written as they are, checked against the table of keys: what the
 * toolstack would pass over in silence is a finding.
 */
final class GuestSettings {

  private final GuestOptions options;
  private final Findings findings;

  GuestSettings(GuestOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  /**
   * Returns what can be written for {@code xl}, by key.
   *
   * @param type of the guest; empty when the toolstack is to choose
   * @param host its version; null when it is not known
   */
  Map<String, XlSetting> forXl(String type, @Nullable XenVersion host) {
    Map<String, XlSetting> usable = new LinkedHashMap<>();
    for (XlSetting setting : options.settings()) {
      XlKey key = known(setting);
      if (key != null
          && kindFits(key, setting)
          && versionFits(key, setting, host)
          && typeFits(key, setting, type)
          && usable.putIfAbsent(key.name(), setting) != null) {
        reportTwice(setting);
      }
    }
    usable.keySet().removeIf(key -> key.equals("bootloader_args"));
    new SettingCombinations(options, findings).check(type);
    return usable;
  }

  /** Returns what can be written for {@code xm}, by its key. */
  Map<String, XlSetting> forXm() {
    Map<String, XlSetting> usable = new LinkedHashMap<>();
    for (XlSetting setting : options.settings()) {
      XlKey key = known(setting);
      if (key == null) {
        continue;
      }
      if (key.xm().isEmpty()) {
        findings.add("XEN256", setting.path(), "option", key.name());
      } else if (kindFits(key, setting)) {
        Optional<XlSetting> fit = forXm(key, setting);
        if (fit.isEmpty()) {
          findings.add("XEN256.several", setting.path(), "option", key.name());
        } else if (usable.putIfAbsent(key.xm(), fit.get()) != null) {
          reportTwice(setting);
        }
      }
    }
    return usable;
  }

  private static Optional<XlSetting> forXm(XlKey key, XlSetting setting) {
    boolean lists = key.kinds().size() == 1 && key.kinds().contains("list");
    if (!lists && setting.value() instanceof XlSetting.Texts list) {
      return list.texts().size() == 1
          ? Optional.of(
              new XlSetting(
                  setting.path(),
                  setting.key(),
                  setting.extra(),
                  new XlSetting.Text(list.texts().get(0))))
          : Optional.empty();
    }
    return Optional.of(setting);
  }

  private @Nullable XlKey known(XlSetting setting) {
    XlKey key = XlKey.BY_NAME.get(setting.key());
    if (!setting.extra()) {
      // A field of the site's own that is no key means nothing to a toolstack.
      return key == null || (key.own() && !key.name().equals("bootloader_args")) ? null : key;
    }
    if (key == null) {
      findings.add(
          "XEN250",
          setting.path(),
          "key",
          setting.key(),
          "nearest",
          NearestName.of(setting.key(), XlKey.BY_NAME.keySet()));
      return null;
    }
    if (!key.field().isEmpty()) {
      findings.add(
          "XEN251",
          setting.path(),
          "key",
          key.name(),
          "path",
          options.path(),
          "field",
          key.field());
      return null;
    }
    return key;
  }

  private boolean kindFits(XlKey key, XlSetting setting) {
    boolean fits =
        key.kinds().stream().anyMatch(kind -> fits(kind, setting.value()))
            || key.kinds().contains("gone");
    if (!fits && key.kinds().contains("lists")) {
      findings.add("XEN252.nested", setting.path(), "key", key.name());
    } else if (!fits) {
      String types = key.kinds().stream().map(GuestSettings::type).collect(joining(" or "));
      findings.add("XEN252", setting.path(), "found", type(setting.value()), "types", types);
    }
    return fits;
  }

  private static boolean fits(String kind, XlSetting.Value value) {
    return switch (kind) {
      case "switch" ->
          value instanceof XlSetting.Flag
              || (value instanceof XlSetting.Whole whole
                  && (whole.number() == 0 || whole.number() == 1));
      case "number" -> value instanceof XlSetting.Whole;
      case "text", "cpus" -> value instanceof XlSetting.Text;
      case "list" -> value instanceof XlSetting.Texts;
      case "own" -> true;
      default -> false;
    };
  }

  private static String type(String kind) {
    return switch (kind) {
      case "switch" -> "boolean";
      case "number" -> "long";
      case "list" -> "list of strings";
      default -> "string";
    };
  }

  private static String type(XlSetting.Value value) {
    if (value instanceof XlSetting.Unfit unfit) {
      return unfit.type();
    }
    return value instanceof XlSetting.Text
        ? "string"
        : value instanceof XlSetting.Whole
            ? "long"
            : value instanceof XlSetting.Flag ? "boolean" : "list of strings";
  }

  private boolean versionFits(XlKey key, XlSetting setting, @Nullable XenVersion host) {
    XenVersion since = key.since();
    XenVersion last = key.last();
    if (since != null && host != null && host.compareTo(since) < 0) {
      findings.add("XEN253", setting.path(), "host", host, "key", key.name(), "since", since);
      return false;
    }
    if (last != null
        && (last.compareTo(XlKey.OLDEST) < 0 || (host != null && host.compareTo(last) > 0))) {
      findings.add("XEN254", setting.path(), "key", key.name(), "instead", key.instead());
      return false;
    }
    return true;
  }

  private boolean typeFits(XlKey key, XlSetting setting, String type) {
    if (key.appliesTo(type)) {
      return true;
    }
    findings.add(
        "XEN255",
        setting.path(),
        "key",
        key.name(),
        "type",
        type,
        "types",
        String.join(" or ", key.types()));
    return false;
  }

  private void reportTwice(XlSetting setting) {
    findings.add("XEN257", setting.path(), "key", setting.key());
  }

  /** Returns the texts of a list; none for another value. */
  static ImmutableList<String> texts(XlSetting setting) {
    return setting.value() instanceof XlSetting.Texts list ? list.texts() : ImmutableList.of();
  }
}
