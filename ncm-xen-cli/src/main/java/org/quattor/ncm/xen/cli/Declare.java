package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The builders of options and arguments.
 *
 * <p>Calls, not picocli's annotations: to read those by reflection takes longer than most commands
 * take for their work, and no class-data archive shortens it.
 */
final class Declare {

  /** Makes what picocli needs an object of. */
  static final IFactory FACTORY = new Factory();

  private Declare() {}

  /** Begins an option without a value; false when it is not given. */
  static OptionSpec.Builder flag(String... names) {
    return value(boolean.class, names).initialValue(false);
  }

  /** Begins an option with one text; null when it is not given. */
  static OptionSpec.Builder text(String... names) {
    return value(String.class, names);
  }

  /** Begins an option that can be given several times; empty when it is not given. */
  static OptionSpec.Builder texts(String... names) {
    return value(List.class, names).auxiliaryTypes(String.class).initialValue(ImmutableList.of());
  }

  /** Begins an option with one value of a type; null when it is not given. */
  static OptionSpec.Builder value(Class<?> type, String... names) {
    return OptionSpec.builder(names).type(type);
  }

  /** Begins an option whose value is one of a few words; null when it is not given. */
  static <T> OptionSpec.Builder choice(Class<T> type, String name, ImmutableMap<String, T> values) {
    return value(type, name)
        .paramLabel(String.join("|", values.keySet()))
        .converters(new Choice<>(name, values));
  }

  /** Begins an option whose value is one of a few words; null when it is not given. */
  static OptionSpec.Builder choice(String name, String... words) {
    ImmutableMap.Builder<String, String> values = ImmutableMap.builder();
    for (String word : words) {
      values.put(word, word);
    }
    return choice(String.class, name, values.buildOrThrow());
  }

  /** Begins an option whose value is a whole number, 0 or larger. */
  static OptionSpec.Builder number(String name, int min, int max) {
    return value(int.class, name)
        .paramLabel("N")
        .converters(new WholeNumber(name, "a whole number", min, max));
  }

  /** Begins an option whose value is a time in seconds. */
  static OptionSpec.Builder seconds(String name, int min, int max) {
    return value(int.class, name)
        .paramLabel("S")
        .converters(new WholeNumber(name, "whole seconds", min, max));
  }

  /** Begins an optional argument; null when it is not given. */
  static PositionalParamSpec.Builder argument() {
    return PositionalParamSpec.builder().index("0").arity("0..1").type(String.class);
  }

  /** Begins any number of arguments. */
  static PositionalParamSpec.Builder arguments() {
    return PositionalParamSpec.builder()
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .initialValue(ImmutableList.of());
  }

  /**
   * Makes lists for options that are given several times. What else picocli may want its own
   * factory makes, which looks into every jar for Groovy as soon as it is there.
   */
  private static final class Factory implements IFactory {
    @Override
    public <K> K create(Class<K> wanted) throws Exception {
      return wanted == List.class
          ? wanted.cast(new ArrayList<>())
          : CommandLine.defaultFactory().create(wanted);
    }
  }
}
