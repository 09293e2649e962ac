package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentPlan;
import org.quattor.ncm.component.ComponentResult;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHost;
import org.quattor.ncm.xen.host.simulated.SimulatedHostSpec;
import org.quattor.ncm.xen.profile.ProfileReader;

/** A simulated host in a folder, and runs of the component on it. */
public final class Scenario {

  private final Path folder;
  private SimulatedHostSpec spec = SimulatedHostSpec.bare();
  private UnaryOperator<XenHost> altered = host -> host;

  /** Makes one in a folder that is empty or has a simulated host. */
  public Scenario(Path folder) {
    this.folder = folder;
  }

  /** Changes what a new host has. */
  public Scenario with(UnaryOperator<SimulatedHostSpec> change) {
    spec = change.apply(spec);
    return this;
  }

  /** Changes what a host has that is there already, as time or another hand would. */
  public Scenario change(UnaryOperator<SimulatedHostSpec> change) {
    try {
      host().change(change);
      return this;
    } catch (HostFailure e) {
      throw new AssertionError(e);
    }
  }

  /** Opens the host. */
  public SimulatedHost host() {
    try {
      return SimulatedHost.open(folder, spec, SimulatedToolstack::read);
    } catch (HostFailure e) {
      throw new AssertionError(e);
    }
  }

  /** Has the host's methods of this name answer otherwise from now on. */
  public Scenario answering(String method, Callable<Object> answer) {
    altered = host -> AlteredHost.of(host, method, answer);
    return this;
  }

  /** Has the host's methods of this name fail from now on. */
  public Scenario failing(String method, String message) {
    return answering(method, AlteredHost.failing(message));
  }

  /** Puts a file there before a run, as another hand would. */
  public Scenario file(String path, String text) {
    try {
      host().materialise();
      Path file = folder.resolve(path.substring(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException | HostFailure e) {
      throw new AssertionError(e);
    }
  }

  /** Reads a file of the host. */
  public String read(String path) {
    try {
      return Files.readString(folder.resolve(path.substring(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns where a path of the host is on this machine. */
  public Path path(String path) {
    return folder.resolve(path.substring(1));
  }

  /** Returns a profile of a host xen1.example.org with the component's tree in JSON. */
  public static Profile profile(String component) {
    return parse(
        """
        {"software": {"components": {"xen": %s}},
         "system": {"network": {"hostname": "xen1", "domainname": "example.org"}}}
        """
            .formatted(component));
  }

  /** Returns a profile with these domains, of a component that may create everything. */
  public static Profile domains(String domains) {
    return profile(
        """
        {"active": true, "dispatch": true, "create_filesystems": true, "create_domains": true,
         "domains": %s}
        """
            .formatted(domains));
  }

  private static Profile parse(String json) {
    return new ProfileReader()
        .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "test profile");
  }

  /** Returns a context for the host. */
  public ComponentContext.Builder context(Profile profile) {
    return ComponentContext.builder(profile).operations(XenHost.class, altered.apply(host()));
  }

  /** Configures. */
  public ComponentResult configure(Profile profile) {
    return new XenComponent(duration -> {}).configure(context(profile).build());
  }

  /** Unconfigures. */
  public ComponentResult unconfigure(Profile profile) {
    return new XenComponent(duration -> {}).unconfigure(context(profile).build());
  }

  /** Plans a configure. */
  public ComponentPlan plan(Profile profile) {
    return new XenComponent(duration -> {}).plan(Intent.CONFIGURE, context(profile).build());
  }

  /** Returns the summaries of the actions that ended so. */
  public static Stream<String> actions(ComponentResult result, Outcome outcome) {
    return result.actions().stream()
        .filter(action -> action.outcome() == outcome)
        .map(action -> action.action().summary());
  }

  /** Returns the ids and paths of the findings of a plan. */
  public static Stream<String> findings(ComponentPlan plan) {
    return plan.findings().stream().map(Scenario::brief);
  }

  private static String brief(Finding finding) {
    return finding.id() + " " + finding.path();
  }

  /** Fails unless another run would change nothing. */
  public void assertConverged(Profile profile) {
    assertThat(plan(profile).actions()).isEmpty();
  }

  /** Returns each file and link of the host with its content; the state file included. */
  public ImmutableMap<String, String> everything() {
    try (Stream<Path> all = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      TreeMap<String, String> found = new TreeMap<>();
      for (Path path : all.toList()) {
        String name = folder.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          found.put(name, "-> " + Files.readSymbolicLink(path));
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          found.put(
              name,
              Files.size(path) > 1 << 20
                  ? Files.size(path) + " bytes"
                  : Files.readString(path, StandardCharsets.ISO_8859_1));
        }
      }
      return ImmutableMap.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
