package org.quattor.ncm.xen;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.component.Severity;
import org.quattor.ncm.xen.apply.Applier;
import org.quattor.ncm.xen.apply.Pause;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.model.XenConfiguration;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.GuestTexts;
import org.quattor.ncm.xen.plan.PlanDigest;
import org.quattor.ncm.xen.plan.Planner;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.plan.XenPlan;
import org.quattor.ncm.xen.status.HostStatus;

/**
 * The component: wires the stages of the road.
 *
 * <p>Options of the context, each with one value but {@code guest}:
 *
 * <ul>
 *   <li>{@code host}: {@code local} or {@code simulated:DIR}; not used when the runner offers a
 *       {@link XenHost}
 *   <li>{@code toolstack}: {@code auto}, {@code xl} or {@code xm}
 *   <li>{@code schema}: a Pan file that extends the built-in schema
 *   <li>{@code guest}: the keys of the only guests to work on
 *   <li>{@code stop-domains}: {@code true} to shut down the domains of withdrawn guests
 *   <li>{@code command-timeout}: seconds for each command and each file that is fetched, 120
 * </ul>
 *
 * <p>When its methods throw a {@link Refusal}, nothing was changed.
 */
public final class XenComponent implements Component {

  private final Pause pause;

  /** Makes one. */
  public XenComponent() {
    this(Pause.REAL);
  }

  /** Makes one that waits as told; for tests and for runners with a clock of their own. */
  public XenComponent(Pause pause) {
    this.pause = pause;
  }

  @Override
  public String name() {
    return "xen";
  }

  @Override
  public String profilePath() {
    return XenPaths.COMPONENT;
  }

  @Override
  public ComponentPlan plan(Intent intent, ComponentContext context) {
    return prepare(intent, context).plan();
  }

  @Override
  public ComponentResult configure(ComponentContext context) {
    return execute(prepare(Intent.CONFIGURE, context), context);
  }

  @Override
  public ComponentResult unconfigure(ComponentContext context) {
    return execute(prepare(Intent.UNCONFIGURE, context), context);
  }

  @Override
  public ComponentResult apply(ComponentPlan plan, ComponentContext context) {
    if (!(plan instanceof XenPlan)) {
      throw new IllegalArgumentException("a plan of another component: " + plan.component());
    }
    Prepared now = prepare(plan.intent(), context);
    boolean same =
        now.plan().profileDigest().equals(plan.profileDigest())
            && now.plan().hostDigest().equals(plan.hostDigest());
    if (!same) {
      return refused(
          plan,
          "the profile or the host has changed since the plan was made; make a new plan",
          now.commands());
    }
    return execute(now, context);
  }

  /**
   * Returns how it stands with the host: that of the plan for {@link Intent#CONFIGURE}, guest by
   * guest. Changes nothing.
   */
  public HostStatus status(ComponentContext context) {
    XenOptions options = XenOptions.of(context);
    return prepareConfigure(context, options).status(options.guests());
  }

  /**
   * Returns the guest files as they would be written on a host where there is nothing yet; those of
   * the option {@code guest}, or all.
   */
  public ShownGuests show(ComponentContext context, Toolstack dialect) {
    XenOptions options = XenOptions.of(context);
    ValidatedProfile validated = ValidatedProfile.of(context.profile(), options);
    XenConfiguration whole = validated.configuration();
    if (whole == null) {
      return new ShownGuests(
          Discretion.of(validated.component()).findings(validated.findings()), ImmutableList.of());
    }
    XenConfiguration wanted =
        DesiredState.configured(whole, options.guests(), false, validated.hostName())
            .configuration();
    GuestTexts texts = GuestTexts.withoutHost(dialect, null);
    ImmutableList<Finding> findings =
        Discretion.of(validated.component())
            .findings(withTextFindings(validated.findings(), wanted, texts));
    return new ShownGuests(
        findings,
        ValidatedProfile.hasErrors(findings)
            ? ImmutableList.of()
            : wanted.guests().values().stream()
                .flatMap(guest -> texts.files(guest).stream())
                .collect(ImmutableList.toImmutableList()));
  }

  static ImmutableList<Finding> withTextFindings(
      ImmutableList<Finding> judged, XenConfiguration configuration, GuestTexts texts) {
    ImmutableList.Builder<Finding> all = ImmutableList.builder();
    all.addAll(judged);
    configuration.guests().values().stream()
        .flatMap(guest -> texts.findings(guest).stream())
        .filter(finding -> judged.stream().noneMatch(known -> covers(known, finding)))
        .forEach(all::add);
    return all.build();
  }

  /** A value that a rule has refused is refused for the guest file too; once is enough. */
  private static boolean covers(Finding known, Finding finding) {
    return known.severity() == Severity.ERROR
        && (known.path().equals(finding.path()) || known.path().startsWith(finding.path() + "/"));
  }

  private Prepared prepare(Intent intent, ComponentContext context) {
    XenOptions options = XenOptions.of(context);
    return switch (intent) {
      case CONFIGURE -> prepareConfigure(context, options);
      case UNCONFIGURE -> prepareUnconfigure(context, options);
    };
  }

  /** What is withdrawn need not be right: rules are not asked. */
  private Prepared prepareUnconfigure(ComponentContext context, XenOptions options) {
    ValidatedProfile validated = ValidatedProfile.byTypes(context.profile(), options);
    DesiredState desired =
        DesiredState.nothing(
            validated.guests(),
            validated.spared(),
            options.guests(),
            options.stopDomains(),
            validated.hostName());
    return prepare(
        Intent.UNCONFIGURE,
        context,
        options,
        Discretion.of(validated.component()),
        desired,
        desired.configuration(),
        ImmutableList.of(),
        validated.digest(options));
  }

  private Prepared prepareConfigure(ComponentContext context, XenOptions options) {
    ValidatedProfile validated = ValidatedProfile.of(context.profile(), options);
    PlanDigest digest = validated.digest(options);
    Discretion discretion = Discretion.of(validated.component());
    XenConfiguration configuration = validated.configuration();
    if (configuration == null) {
      return Prepared.withoutHost(discretion.findings(validated.findings()), false, digest);
    }
    if (!configuration.active()) {
      Finding inactive = Catalogue.finding("XEN301", XenPaths.COMPONENT + "/active");
      return Prepared.withoutHost(ImmutableList.of(inactive), true, digest);
    }
    DesiredState desired =
        DesiredState.configured(
            configuration, options.guests(), options.stopDomains(), validated.hostName());
    return prepare(
        Intent.CONFIGURE,
        context,
        options,
        discretion,
        desired,
        configuration,
        validated.findings(),
        digest);
  }

  private static Prepared prepare(
      Intent intent,
      ComponentContext asked,
      XenOptions options,
      Discretion discretion,
      DesiredState wished,
      XenConfiguration whole,
      ImmutableList<Finding> judged,
      PlanDigest digest) {
    ComponentContext context = asked.withListener(discretion.listener(asked.listener()));
    XenHost host = HostChoice.open(context, options, whole, discretion.mask());
    int before = host.commands();
    try {
      HostFacts facts = host.facts();
      DesiredState desired = wished.on(facts.hostName());
      Toolstack toolstack = ToolstackChoice.choose(options.toolstack(), facts);
      GuestTexts texts = GuestTexts.withoutHost(toolstack, facts.xenVersion());
      ImmutableList<Finding> all = withTextFindings(judged, desired.configuration(), texts);
      if (ValidatedProfile.hasErrors(all)) {
        return Prepared.withoutHost(discretion.findings(all), false, digest);
      }
      context.listener().stage("reading the state of the host");
      Observation seen = Observer.observe(host, facts, toolstack, desired);
      GuestTexts here = texts.on(seen);
      XenPlan plan = Planner.plan(intent, desired, seen, here, all, digest);
      return new Prepared(
          plan.withFindings(discretion.findings(plan.findings())),
          desired,
          seen,
          here,
          host,
          toolstack,
          before,
          discretion);
    } catch (HostFailure e) {
      throw new Refusal(
          Refusal.Kind.UNREADABLE_HOST,
          discretion
              .mask()
              .masked("the host cannot be read: " + e.getMessage() + ", and nothing was changed"),
          discretion.failure(e));
    }
  }

  private ComponentResult execute(Prepared prepared, ComponentContext context) {
    XenPlan plan = prepared.plan();
    context.listener().planned(plan);
    XenHost host = prepared.host();
    if (!plan.applicable()) {
      return refused(plan, "", prepared.commands());
    }
    Observation seen = prepared.seen();
    if (host == null || seen == null) {
      return new ComponentResult(plan, ImmutableList.of(), "", 0);
    }
    Discretion discretion = prepared.discretion();
    ImmutableList<ActionResult> results =
        Applier.apply(
                plan,
                host,
                seen,
                context.withListener(discretion.listener(context.listener())),
                pause)
            .stream()
            .map(discretion::result)
            .collect(ImmutableList.toImmutableList());
    return new ComponentResult(plan, results, "", prepared.commands());
  }

  private static ComponentResult refused(ComponentPlan plan, String refusal, int commands) {
    String cause = refusal.isEmpty() ? "the profile is not valid" : refusal;
    return new ComponentResult(
        plan,
        plan.actions().stream()
            .map(action -> new ActionResult(action, Outcome.NOT_RUN, cause))
            .toList(),
        refusal,
        commands);
  }
}
