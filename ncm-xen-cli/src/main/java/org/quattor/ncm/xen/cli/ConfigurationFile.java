package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.text.NearestName;
import org.quattor.ncm.xen.text.Printable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The site's defaults of options, from the configuration file {@code /etc/ncm-xen.conf}.
 *
 * <p>A line is the name of an option without its dashes and a value, with {@code =} or blanks
 * between; of an option without a value the name alone, or {@code no} and the name. Underscores and
 * dashes are alike; a {@code #} at the beginning or after a blank begins a comment.
 */
record ConfigurationFile(ImmutableMap<String, String> values) implements IDefaultValueProvider {

  /** The configuration file of a host, unless {@code --cfgfile} names another one. */
  static final String PLACE = "/etc/ncm-xen.conf";

  /** Options that make sense for one call only. */
  private static final ImmutableSet<String> NOT_HERE = ImmutableSet.of("cfgfile", "help", "json");

  private static final String FILE = "profile";
  private static final ImmutableSet<String> CACHE =
      ImmutableSet.of("cache-root", "useprofile", "ccmcfg");

  private static final ImmutableSet<String> YES = ImmutableSet.of("1", "yes", "true", "on");
  private static final ImmutableSet<String> NO = ImmutableSet.of("0", "no", "false", "off");

  /**
   * Reads the file for a call.
   *
   * @param known gives the options that can be set; called only when the file exists
   * @param arguments the call, as {@link Arguments} leaves it
   */
  static ConfigurationFile read(
      Supplier<ImmutableList<OptionSpec>> known,
      ImmutableList<String> arguments,
      ProcessEnvironment surroundings) {
    String named = Arguments.value(arguments, "--cfgfile");
    if (named == null) {
      Path place = place(Arguments.value(arguments, "--host"), surroundings);
      return place != null && Files.exists(place)
          ? read(place, known.get(), surroundings).besides(arguments)
          : new ConfigurationFile(ImmutableMap.of());
    }
    Path file = InputFiles.path(named, "--cfgfile");
    if (!Files.isRegularFile(file) && !Files.isReadable(file)) {
      throw wrong(InputFiles.missing(file, "--cfgfile expects a configuration file"));
    }
    return read(file, known.get(), surroundings).besides(arguments);
  }

  /** Returns the file of a host; null when its name is not valid, which is reported elsewhere. */
  private static @Nullable Path place(@Nullable String host, ProcessEnvironment surroundings) {
    try {
      return RunDirectories.of(host == null ? "local" : host, surroundings).place(PLACE);
    } catch (Failure e) {
      return null;
    }
  }

  private static ConfigurationFile read(
      Path file, Collection<OptionSpec> known, ProcessEnvironment surroundings) {
    ImmutableList<String> lines;
    try {
      if (surroundings.root()) {
        refuseOthers(file);
      }
      lines = ImmutableList.copyOf(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw wrong(
          file
              + ": cannot be read ("
              + e.getClass().getSimpleName()
              + "); expected a configuration file");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("(^|\\s)#.*", "").strip();
      if (!line.isEmpty()) {
        try {
          add(line, known, values);
        } catch (Failure e) {
          throw wrong(file + ":" + (i + 1) + ": " + e.getMessage());
        }
      }
    }
    return new ConfigurationFile(ImmutableMap.copyOf(values));
  }

  /** The options tell root what to do, so that only root may be able to write the file. */
  private static void refuseOthers(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    Map<String, Object> status = Files.readAttributes(file, "unix:uid,mode");
    Object owner = status.get("uid");
    Object ours = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (!Integer.valueOf(0).equals(owner) && !ours.equals(owner)) {
      throw wrong(file + " is owned by user " + owner + "; expected root: chown root " + file);
    }
    if (status.get("mode") instanceof Integer mode && (mode & 0022) != 0) {
      throw wrong(
          String.format(
              "%s can be written by others than root, mode %o; expected chmod go-w %s",
              file, mode & 07777, file));
    }
  }

  private static void add(String line, Collection<OptionSpec> known, Map<String, String> values) {
    String[] parts = line.split("\\s*=\\s*|\\s+", 2);
    String key = parts[0].replaceFirst("^--", "").replace('_', '-');
    String value = parts.length == 1 ? null : parts[1];
    OptionSpec option = option(known, name -> name.equals("--" + key));
    boolean negated = false;
    if (option == null && value == null) {
      option = option(known, name -> key.equals("no" + name.substring(2)));
      option =
          option == null ? option(known, name -> key.equals("no-" + name.substring(2))) : option;
      negated = option != null;
      if (option == null && key.startsWith("no")) {
        option = option(known, name -> name.equals("--no-" + key.substring(2)));
      }
    }
    if (option == null) {
      throw wrong(
          Printable.line(key)
              + ": unknown option; "
              + NearestName.of(key, names(known))
                  .map(name -> "did you mean " + name + "?")
                  .orElse("expected one of " + String.join(", ", names(known))));
    }
    String name = name(option);
    if (values.put(name, value(option, name, negated, value)) != null) {
      throw wrong(name + " is set twice; expected once");
    }
  }

  private static @Nullable OptionSpec option(
      Collection<OptionSpec> known, Predicate<String> wanted) {
    return known.stream()
        .filter(ConfigurationFile::mayBeSet)
        .filter(option -> ImmutableList.copyOf(option.names()).stream().anyMatch(wanted))
        .findFirst()
        .orElse(null);
  }

  private static String value(
      OptionSpec option, String name, boolean negated, @Nullable String value) {
    if (option.typeInfo().isBoolean()) {
      if (value == null || YES.contains(value)) {
        return Boolean.toString(!negated);
      }
      if (NO.contains(value)) {
        return "false";
      }
      throw wrong(name + " is \"" + Printable.line(value) + "\"; expected yes or no");
    }
    if (negated) {
      throw wrong(name + " needs a value; expected " + name + " = VALUE");
    }
    String text = value == null ? option.fallbackValue() : value;
    if (text == null || text.isEmpty()) {
      throw wrong(name + " has no value; expected " + name + " = " + option.paramLabel());
    }
    try {
      for (ITypeConverter<?> converter : option.converters()) {
        converter.convert(text);
      }
      return text;
    } catch (Exception e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private static boolean mayBeSet(OptionSpec option) {
    return !option.hidden() && !option.isMultiValue() && !NOT_HERE.contains(name(option));
  }

  private static ImmutableList<String> names(Collection<OptionSpec> known) {
    return known.stream()
        .filter(ConfigurationFile::mayBeSet)
        .map(ConfigurationFile::name)
        .sorted()
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns what an option is called here: its first name, without dashes. */
  private static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }

  /** Leaves out the source of the profile when the call names another one. */
  private ConfigurationFile besides(ImmutableList<String> arguments) {
    boolean file = Arguments.value(arguments, "--profile") != null;
    boolean cache =
        CACHE.stream().anyMatch(name -> Arguments.value(arguments, "--" + name) != null)
            || Arguments.value(arguments, "--cid") != null;
    return new ConfigurationFile(
        values.entrySet().stream()
            .filter(entry -> !(file && CACHE.contains(entry.getKey())))
            .filter(entry -> !(cache && entry.getKey().equals(FILE)))
            .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Failure wrong(String sentence) {
    return new Failure(Exit.CONFIGURATION, sentence);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? values.get(name(option)) : null;
  }

  /** What picocli's tracing takes for each option, whether it traces or not. */
  @Override
  public String toString() {
    return "settings";
  }
}
