package org.quattor.ncm.component;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a runner hands to a component for one call. Immutable; made by {@link #builder}.
 *
 * <p>A component asks for the host operations that it needs with {@link #operations}; a runner that
 * offers none leaves the choice to the component, which then works on the host that it runs on.
 *
 * <p>The options are those of the one component that the context is made for. A component refuses
 * an option that it does not know, because a misspelled one would silently be the default: {@code
 * hots} instead of {@code host} must not change the real host. A runner of several components
 * therefore makes a context for each, and keeps its own options, such as a lock or a log, out of
 * it.
 */
public final class ComponentContext {

  private final Profile profile;
  private final boolean noAction;
  private final Map<String, List<String>> options;
  private final ComponentListener listener;
  private final BooleanSupplier cancellation;
  private final @Nullable Instant deadline;
  private final Clock clock;
  private final Map<Class<?>, Object> operations;

  private ComponentContext(Builder builder) {
    this.profile = builder.profile;
    this.noAction = builder.noAction;
    this.options = Map.copyOf(builder.options);
    this.listener = builder.listener;
    this.cancellation = builder.cancellation;
    this.deadline = builder.deadline;
    this.clock = builder.clock;
    this.operations = Map.copyOf(builder.operations);
  }

  private ComponentContext(ComponentContext other, ComponentListener listener) {
    this.profile = other.profile;
    this.noAction = other.noAction;
    this.options = other.options;
    this.listener = listener;
    this.cancellation = other.cancellation;
    this.deadline = other.deadline;
    this.clock = other.clock;
    this.operations = other.operations;
  }

  /** Returns a builder for a context around the profile. */
  public static Builder builder(Profile profile) {
    return new Builder(profile);
  }

  /** Returns the profile, pinned for the run. */
  public Profile profile() {
    return profile;
  }

  /** Returns whether nothing may be changed. */
  public boolean noAction() {
    return noAction;
  }

  /** Returns the options that are set, each with its values in the given order, never none. */
  public Map<String, List<String>> options() {
    return options;
  }

  /** Returns who hears what happens. */
  public ComponentListener listener() {
    return listener;
  }

  /** Returns the same context with another one who hears what happens. */
  public ComponentContext withListener(ComponentListener other) {
    return new ComponentContext(this, other);
  }

  /** Returns whether the run should end before its next action: cancelled, or past the deadline. */
  public boolean stopRequested() {
    Instant end = deadline;
    return cancellation.getAsBoolean() || (end != null && clock.instant().isAfter(end));
  }

  /** Returns the host operations that the runner offers for the role, if any. */
  public <T> Optional<T> operations(Class<T> role) {
    return Optional.ofNullable(operations.get(role)).map(role::cast);
  }

  /** Collects what makes a context. */
  public static final class Builder {
    private final Profile profile;
    private boolean noAction;
    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private ComponentListener listener = ComponentListener.NONE;
    private BooleanSupplier cancellation = () -> false;
    private @Nullable Instant deadline;
    private Clock clock = Clock.systemUTC();
    private final Map<Class<?>, Object> operations = new HashMap<>();

    private Builder(Profile profile) {
      this.profile = profile;
    }

    /** Sets whether nothing may be changed; false unless said. */
    public Builder noAction(boolean value) {
      this.noAction = value;
      return this;
    }

    /** Sets an option that the component documents; an empty list removes it. */
    public Builder option(String name, List<String> values) {
      if (values.isEmpty()) {
        options.remove(name);
      } else {
        options.put(name, List.copyOf(values));
      }
      return this;
    }

    /** Sets who hears what happens. */
    public Builder listener(ComponentListener value) {
      this.listener = value;
      return this;
    }

    /** Sets what is asked before every action; once true, no further action begins. */
    public Builder cancellation(BooleanSupplier value) {
      this.cancellation = value;
      return this;
    }

    /** Sets the time after which no further action begins. */
    public Builder deadline(Instant value) {
      this.deadline = value;
      return this;
    }

    /** Sets the clock that the deadline is read against; the system's unless said. */
    public Builder clock(Clock value) {
      this.clock = value;
      return this;
    }

    /** Offers host operations for a role. */
    public <T> Builder operations(Class<T> role, T offered) {
      operations.put(role, offered);
      return this;
    }

    /** Returns the context. */
    public ComponentContext build() {
      return new ComponentContext(this);
    }
  }
}
