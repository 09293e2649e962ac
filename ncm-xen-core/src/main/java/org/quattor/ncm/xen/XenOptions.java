package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.text.NearestName;
import org.quattor.ncm.xen.text.Printable;

/**
 * The options of a context, checked: the one place that knows their names and reads their values.
 *
 * @param simulatedHost the directory of the simulated host; empty for the host that we run on
 * @param toolstack empty to take the one that fits the host
 * @param schema a Pan file that extends the built-in schema
 * @param guests the keys of the only guests to work on; empty for all
 * @param stopDomains whether the domains of withdrawn guests are shut down
 * @param commandTimeout the limit for each command, and for each file that is fetched
 */
record XenOptions(
    Optional<Path> simulatedHost,
    Optional<Toolstack> toolstack,
    Optional<Path> schema,
    ImmutableSet<String> guests,
    boolean stopDomains,
    Duration commandTimeout) {

  private static final String HOST = "host";
  private static final String TOOLSTACK = "toolstack";
  private static final String SCHEMA = "schema";
  private static final String GUEST = "guest";
  private static final String STOP_DOMAINS = "stop-domains";
  private static final String COMMAND_TIMEOUT = "command-timeout";
  private static final ImmutableList<String> NAMES =
      ImmutableList.of(COMMAND_TIMEOUT, GUEST, HOST, SCHEMA, STOP_DOMAINS, TOOLSTACK);

  private static final String LOCAL = "local";
  private static final String SIMULATED = "simulated:";
  private static final ImmutableMap<String, Optional<Toolstack>> TOOLSTACKS =
      ImmutableMap.of(
          "auto", Optional.empty(),
          "xl", Optional.of(Toolstack.XL),
          "xm", Optional.of(Toolstack.XM));
  private static final ImmutableMap<String, Boolean> FLAGS =
      ImmutableMap.of("true", true, "false", false);
  private static final int MAX_SECONDS = 86_400;

  /** Reads them; throws a {@link Refusal} for one that is unknown or malformed. */
  static XenOptions of(ComponentContext context) {
    Map<String, List<String>> given = context.options();
    for (String name : given.keySet()) {
      if (!NAMES.contains(name)) {
        throw new Refusal(
            Refusal.Kind.USAGE,
            "unknown option "
                + quoted(name)
                + " for component xen; "
                + NearestName.of(name, NAMES)
                    .map(nearest -> "did you mean " + nearest + "?")
                    .orElse("expected one of " + String.join(", ", NAMES)));
      }
    }
    return new XenOptions(
        value(given, HOST).flatMap(XenOptions::simulated),
        value(given, TOOLSTACK).flatMap(name -> choice(TOOLSTACK, name, TOOLSTACKS)),
        value(given, SCHEMA).map(file -> path(SCHEMA, file, file, "a Pan file")),
        ImmutableSet.copyOf(given.getOrDefault(GUEST, List.of())),
        value(given, STOP_DOMAINS).map(flag -> choice(STOP_DOMAINS, flag, FLAGS)).orElse(false),
        value(given, COMMAND_TIMEOUT).map(XenOptions::seconds).orElse(Duration.ofMinutes(2)));
  }

  private static Optional<String> value(Map<String, List<String>> given, String name) {
    List<String> values = given.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new Refusal(
          Refusal.Kind.USAGE, "option " + name + " has " + values.size() + " values; expected one");
    }
    return values.stream().findFirst();
  }

  private static Optional<Path> simulated(String host) {
    if (host.equals(LOCAL)) {
      return Optional.empty();
    }
    String expected = "local or simulated:DIR";
    if (!host.startsWith(SIMULATED) || host.equals(SIMULATED)) {
      throw malformed(HOST, host, expected);
    }
    return Optional.of(path(HOST, host, host.substring(SIMULATED.length()), expected));
  }

  private static <T> T choice(String option, String text, ImmutableMap<String, T> choices) {
    T chosen = choices.get(text);
    if (chosen == null) {
      throw malformed(option, text, words(choices.keySet().asList()));
    }
    return chosen;
  }

  private static String words(ImmutableList<String> choices) {
    int last = choices.size() - 1;
    return String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
  }

  private static Duration seconds(String text) {
    int seconds = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (seconds < 1 || seconds > MAX_SECONDS) {
      throw malformed(COMMAND_TIMEOUT, text, "whole seconds from 1 to " + MAX_SECONDS);
    }
    return Duration.ofSeconds(seconds);
  }

  private static Path path(String option, String value, String name, String expected) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw malformed(option, value, expected);
    }
  }

  private static Refusal malformed(String option, String value, String expected) {
    return new Refusal(
        Refusal.Kind.USAGE, "option " + option + " is " + quoted(value) + "; expected " + expected);
  }

  private static String quoted(String text) {
    return '"' + Printable.line(text) + '"';
  }
}
