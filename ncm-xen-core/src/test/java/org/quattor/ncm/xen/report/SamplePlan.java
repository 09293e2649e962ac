package org.quattor.ncm.xen.report;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.component.Severity;

/** A plan written down by hand, for tests of what is made of plans. */
public record SamplePlan(
    Intent intent,
    boolean complete,
    boolean applicable,
    ImmutableList<Finding> findings,
    ImmutableList<Step> actions)
    implements ComponentPlan {

  /** A step written down by hand. */
  public record Step(
      String id,
      String type,
      String subject,
      String target,
      String summary,
      String reason,
      Impact impact,
      ImmutableList<String> dependsOn)
      implements PlannedAction {}

  /** Returns a plan that makes and starts vm1 and changes the running vm2. */
  public static SamplePlan threeSteps() {
    return of(
        new Step(
            "volume:xenvg/vm1",
            "create-volume",
            "vm1",
            "xenvg/vm1",
            "create volume xenvg/vm1 of 20 GiB",
            "it is not there",
            Impact.NONE,
            ImmutableList.of()),
        new Step(
            "file:vm2",
            "write-guest-file",
            "vm2",
            "/etc/xen/vm2",
            "write /etc/xen/vm2",
            "memory changes from 512 to 1024 MiB",
            Impact.RESTART,
            ImmutableList.of()),
        new Step(
            "start:vm1",
            "start-domain",
            "vm1",
            "vm1",
            "start vm1",
            "it does not run",
            Impact.NONE,
            ImmutableList.of("volume:xenvg/vm1")));
  }

  /** Returns a plan for configure with the steps, complete and without findings. */
  public static SamplePlan of(Step... steps) {
    return new SamplePlan(
        Intent.CONFIGURE, true, true, ImmutableList.of(), ImmutableList.copyOf(steps));
  }

  /** Returns the plan with the findings. */
  public SamplePlan with(Finding... more) {
    return new SamplePlan(intent, complete, applicable, ImmutableList.copyOf(more), actions);
  }

  /** Returns the plan as one that cannot be applied. */
  public SamplePlan notApplicable() {
    return new SamplePlan(intent, complete, false, findings, actions);
  }

  /** Returns the plan as one of a host that could not be seen whole. */
  public SamplePlan incomplete() {
    return new SamplePlan(intent, false, applicable, findings, actions);
  }

  /** Returns a finding of the severity. */
  public static Finding finding(Severity severity) {
    return new Finding(
        "XEN10" + severity.ordinal(),
        severity,
        "/software/components/xen/domains/vm1/options/memory",
        "0",
        "at least 1",
        "give the memory in MiB");
  }

  @Override
  public String component() {
    return "xen";
  }

  @Override
  public String profileDigest() {
    return "aa";
  }

  @Override
  public String hostDigest() {
    return "bb";
  }
}
