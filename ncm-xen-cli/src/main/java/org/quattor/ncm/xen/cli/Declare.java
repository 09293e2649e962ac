package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The beginnings of commands, options and arguments as picocli is told of them.
 *
 * <p>Told by calls, not by annotations: to read those by reflection takes picocli longer than most
 * commands take for their work, and no class-data archive shortens it.
 */
final class Declare {

  /** Makes what picocli needs an object of. */
  static final IFactory FACTORY = new Factory();

  private Declare() {}

  /** Begins a command. */
  static CommandSpec command(String name, Callable<Integer> command) {
    return CommandSpec.wrapWithoutInspection(command, FACTORY).name(name);
  }

  /** Begins an option without a value; false when it is not given. */
  static OptionSpec.Builder flag(String... names) {
    return value(boolean.class, names).initialValue(false);
  }

  /** Begins an option with one text; null when it is not given. */
  static OptionSpec.Builder text(String... names) {
    return value(String.class, names);
  }

  /** Begins an option that may be given several times; empty when it is not given. */
  static OptionSpec.Builder texts(String... names) {
    return value(List.class, names).auxiliaryTypes(String.class).initialValue(ImmutableList.of());
  }

  /** Begins an option with one value of a type; null when it is not given. */
  static OptionSpec.Builder value(Class<?> type, String... names) {
    return OptionSpec.builder(names).type(type);
  }

  /** Begins an argument that may be left out; null when it is. */
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
