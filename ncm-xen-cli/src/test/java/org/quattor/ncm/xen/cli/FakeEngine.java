package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableList;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.CachedProfile;
import org.quattor.ncm.xen.ProfileCheck;
import org.quattor.ncm.xen.doctor.Diagnosis;
import org.quattor.ncm.xen.doctor.Expectations;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.plan.GuestText;
import org.quattor.ncm.xen.plan.ShownGuests;
import org.quattor.ncm.xen.report.SamplePlan;
import org.quattor.ncm.xen.status.HostStatus;

/** An services whose answers are set by the test, and which remembers what it was asked. */
final class FakeEngine implements Services, Component {

  final Map<String, Element> elements = new HashMap<>();
  final Map<String, String> failures = new HashMap<>();
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  SamplePlan plan = SamplePlan.of();
  ImmutableList<Finding> findings = ImmutableList.of();
  ImmutableList<GuestText> texts = ImmutableList.of();
  Diagnosis diagnosis = new Diagnosis(ImmutableList.of());
  String refusal = "";
  FakeLocks locks = new FakeLocks();
  @Nullable Supplier<RuntimeException> trouble;
  @Nullable Runnable duringApply;
  @Nullable ComponentContext context;

  /** Returns an services whose component throws at every call. */
  static FakeEngine throwing(Supplier<RuntimeException> trouble) {
    FakeEngine services = new FakeEngine();
    services.trouble = trouble;
    return services;
  }

  /** Returns an services that answers with the plan. */
  static FakeEngine planning(SamplePlan plan) {
    FakeEngine services = new FakeEngine();
    services.plan = plan;
    return services;
  }

  @Override
  public Profile read(Path file) {
    return profile(file.toString());
  }

  @Override
  public Profile read(InputStream in, String source) {
    asked.add("read " + source);
    return profile(source);
  }

  @Override
  public Profile read(CachedProfile cached) {
    asked.add("read " + cached);
    return profile("cache");
  }

  private Profile profile(String source) {
    return new Profile() {
      @Override
      public Optional<Element> find(String path) {
        return Optional.ofNullable(elements.get(path));
      }

      @Override
      public String source() {
        return source;
      }
    };
  }

  @Override
  public Locks locks() {
    return locks;
  }

  @Override
  public Component component() {
    return this;
  }

  @Override
  public String name() {
    return "xen";
  }

  @Override
  public ComponentPlan plan(Intent intent, ComponentContext given) {
    remember("plan " + intent, given);
    given.listener().stage("reading the state of the host");
    given.listener().command("xl list");
    return new SamplePlan(
        intent, plan.complete(), plan.applicable(), plan.findings(), plan.actions());
  }

  @Override
  public ComponentResult apply(ComponentPlan made, ComponentContext given) {
    remember("apply", given);
    given.listener().planned(made);
    if (!refusal.isEmpty()) {
      return new ComponentResult(made, ImmutableList.of(), refusal, 4);
    }
    List<ActionResult> results = new ArrayList<>();
    for (PlannedAction action : made.actions()) {
      ActionResult result = outcome(action, given, results);
      results.add(result);
      given.listener().finished(result);
    }
    return new ComponentResult(made, results, "", 4);
  }

  private ActionResult outcome(
      PlannedAction action, ComponentContext given, List<ActionResult> before) {
    if (!plan.applicable()) {
      return new ActionResult(action, Outcome.NOT_RUN, "the profile is not valid");
    }
    if (given.noAction()) {
      return new ActionResult(action, Outcome.NOT_RUN, "nothing was to be changed");
    }
    if (given.stopRequested()) {
      return new ActionResult(action, Outcome.NOT_RUN, "the run was stopped");
    }
    for (ActionResult earlier : before) {
      if (action.dependsOn().contains(earlier.action().id()) && earlier.outcome() != Outcome.DONE) {
        return new ActionResult(
            action, Outcome.SKIPPED, earlier.action().summary() + " was not done");
      }
    }
    given.listener().started(action);
    Runnable during = duringApply;
    if (during != null) {
      during.run();
    }
    String failure = failures.get(action.id());
    return failure == null
        ? new ActionResult(action, Outcome.DONE, "")
        : new ActionResult(action, Outcome.FAILED, failure);
  }

  @Override
  public Function<Profile, ProfileCheck.Checked> checker(@Nullable Path schema, Toolstack dialect) {
    return profile -> {
      remember("check " + profile.source(), ComponentContext.builder(profile).build());
      return new ProfileCheck.Checked(findings, Optional.empty());
    };
  }

  @Override
  public HostStatus status(ComponentContext context) {
    this.context = context;
    if (trouble != null) {
      throw trouble.get();
    }
    throw new UnsupportedOperationException();
  }

  @Override
  public ShownGuests show(ComponentContext given, Toolstack dialect) {
    remember("show " + dialect, given);
    return new ShownGuests(findings, texts);
  }

  @Override
  public Profile noProfile() {
    return Services.xen().noProfile();
  }

  @Override
  public Diagnosis examine(ComponentContext given, boolean withProfile, Expectations expected) {
    remember("examine " + (withProfile ? "with" : "without") + " profile " + expected, given);
    return diagnosis;
  }

  private void remember(String call, ComponentContext given) {
    asked.add(call);
    context = given;
    Supplier<RuntimeException> thrown = trouble;
    if (thrown != null) {
      throw thrown.get();
    }
  }
}
