package org.quattor.ncm.component;

/**
 * One configuration component, with the life cycle of NCM: {@code Configure} makes the host match
 * the profile, {@code Unconfigure} withdraws what the component made.
 *
 * <p>Both are made of two halves that a runner may also call by itself: {@link #plan} looks at the
 * profile and the host and changes nothing, {@link #apply} executes exactly that plan.
 *
 * <p>A component keeps no state between calls, starts no thread that outlives one, and never ends
 * the JVM. What is wrong with a profile or a host is in the returned values; an exception means a
 * bug, or {@link Refusal} when there is nothing to work on.
 */
public interface Component {

  /** Returns the component's name below {@code /software/components}, such as {@code xen}. */
  String name();

  /** Returns the Pan path of the component's part of the profile. */
  default String profilePath() {
    return "/software/components/" + name();
  }

  /**
   * Returns what {@link #apply} would do, having read the profile and the host. Changes nothing.
   *
   * @throws Refusal when the profile has no part for this component
   */
  ComponentPlan plan(Intent intent, ComponentContext context);

  /**
   * Executes the plan and nothing else; with {@link ComponentContext#noAction()} only reports it.
   *
   * <p>A plan is refused (a result with one error, nothing changed) when it is not {@linkplain
   * ComponentPlan#applicable() applicable}, or when profile or host no longer match the digests in
   * it.
   */
  ComponentResult apply(ComponentPlan plan, ComponentContext context);

  /** Plans and applies {@link Intent#CONFIGURE}. */
  default ComponentResult configure(ComponentContext context) {
    return apply(plan(Intent.CONFIGURE, context), context);
  }

  /** Plans and applies {@link Intent#UNCONFIGURE}. */
  default ComponentResult unconfigure(ComponentContext context) {
    return apply(plan(Intent.UNCONFIGURE, context), context);
  }
}
