package org.quattor.ncm.xen.benchmarks;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.finding.XenPaths;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.host.simulated.GuestFileCheck;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;
import org.quattor.ncm.xen.model.ModelReader;
import org.quattor.ncm.xen.model.DesiredState;
import org.quattor.ncm.xen.observe.Observation;
import org.quattor.ncm.xen.observe.Observer;
import org.quattor.ncm.xen.plan.GuestTexts;
import org.quattor.ncm.xen.plan.PlanDigest;
import org.quattor.ncm.xen.plan.Planner;
import org.quattor.ncm.xen.profile.ProfileReader;

/** A simulated host on which 1,000 guests are as their profile says. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 9, time = 1)
public class ThousandGuests {

  private static final int GUESTS = 1_000;
  private static final PlanDigest NO_DIGEST = new PlanDigest(() -> "");

  private final XenComponent component = new XenComponent(duration -> {});
  private final Path file;
  private final ComponentContext context;
  private final DesiredState desired;
  private final Observation seen;

  /** Makes the profile and the host. */
  public ThousandGuests() {
    try {
      Path folder = Files.createTempDirectory("ncm-xen-benchmarks");
      file = Files.writeString(folder.resolve("profile.json"), profile(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path host = file.resolveSibling("host");
    Profile profile = new ProfileReader().read(file);
    context =
        ComponentContext.builder(profile)
            .option("host", ImmutableList.of("simulated:" + host))
            .build();
    component.configure(context);
    if (!fromTreeToPlan().actions().isEmpty()) {
      throw new IllegalStateException("the host is not as the profile says");
    }
    desired =
        DesiredState.configured(
            ModelReader.read(profile.find(XenPaths.COMPONENT).orElseThrow()).configuration(),
            ImmutableList.of(),
            false,
            "xen1.example.org");
    try {
      XenHost opened = SimulatedHost.open(host, SimulatedHostSpec.bare(), ThousandGuests::refuse);
      seen = Observer.observe(opened, opened.facts(), Toolstack.XL, desired);
    } catch (HostFailure e) {
      throw new IllegalStateException(e);
    }
  }

  private static GuestFileCheck.Guest refuse(String path, byte[] content) {
    throw new IllegalStateException("nothing is started here, and " + path + " is not read");
  }

  private static String profile() {
    return IntStream.range(0, GUESTS)
        .mapToObj(ThousandGuests::guest)
        .collect(
            Collectors.joining(
                ",",
                """
                {"software": {"components": {"xen": {"active": true, "dispatch": true,
                  "create_domains": true, "create_filesystems": true, "domains": {""",
                "}}}}, \"system\": {\"network\": {\"hostname\": \"xen1\", \"domainname\":"
                    + " \"example.org\"}}}"));
  }

  private static String guest(int number) {
    return """
        "vm%1$04d": {"auto": true, "options": {"name": "vm%1$04d", "memory": 64, "vcpus": 2,
          "bootloader": "pygrub", "vif": ["mac=00:16:3e:00:%2$02x:%3$02x,bridge=xenbr0"], "disk": [
          {"type": "lvm", "hostdevice": "vg0", "hostvol": "vm%1$04d", "size": 8,
           "guestdevice": "xvda", "rw": "w"},
          {"type": "file", "path": "/srv/xen/vm%1$04d.img", "size": 8, "guestdevice": "xvdb",
           "rw": "w"}]}}"""
        .formatted(number, number >> 8, number & 255);
  }

  /** Bytes to tree. */
  @Benchmark
  public Profile readingTheProfile() {
    return new ProfileReader().read(file);
  }

  /** All the road but the reading: schema, model, rules, the look at the host, the plan. */
  @Benchmark
  public ComponentPlan fromTreeToPlan() {
    return component.plan(Intent.CONFIGURE, context);
  }

  /** The plan alone, from what is wished and what was seen. */
  @Benchmark
  public ComponentPlan plan() {
    GuestTexts texts = GuestTexts.withoutHost(Toolstack.XL, seen.facts().xenVersion()).on(seen);
    return Planner.plan(Intent.CONFIGURE, desired, seen, texts, ImmutableList.of(), NO_DIGEST);
  }
}
