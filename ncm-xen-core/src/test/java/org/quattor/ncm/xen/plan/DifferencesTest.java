package org.quattor.ncm.xen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Strings;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.guestfile.DeclaredDomain;
import org.quattor.ncm.xen.guestfile.GuestFile;
import org.quattor.ncm.xen.guestfile.GuestFileReader;
import org.quattor.ncm.xen.host.DomainConfiguration;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.text.Words;

/** Domains that run beside their guest files; both are written as the file of a guest here. */
class DifferencesTest {

  private static GuestFile file(@Nullable String line) {
    return (GuestFile)
        GuestFileReader.read("name = \"web\"\n" + Strings.nullToEmpty(line) + "\n", Toolstack.XL);
  }

  private static String between(DomainConfiguration running, GuestFile file) {
    return Differences.between("web", file, running, Toolstack.XL).stream()
        .map(difference -> difference.text() + " (" + Words.of(difference.impact()) + ")")
        .collect(Collectors.joining("; "));
  }

  @ParameterizedTest(name = "{0} beside {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          cpus = "0"             | cpus = "0"        |
          cpus = ["0", "0"]      | cpus = "0"        |
          cpus = ["0", "1"]      | cpus = "0"        | pinned to CPUs 0 and 1, to 0 (live)
          cpus = ["0", "1", "2"] | cpus = ["0", "1"] |
          cpus = ["0", "1"]      | cpus = ["0", "1"] |
          cpus = ["1", "0", "2"] | cpus = ["0", "1"] | pinned to CPUs 1 and 0 and 2, to 0 and 1 (live)
          cpus = ["0"]           | cpus = ["0", "1"] | pinned to CPUs 0, to 0 and 1 (live)
          cpus = "all"           | cpus = "all"      |
          cpus = "0"             | cpus = "all"      | pinned to CPUs 0, to any (live)
          cpus = "all"           | cpus = "0"        | pinned to CPUs any, to 0 (live)
          cpus = "0"             |                   |
          cpus = "0"             | cpus = "node:0"   |
          """)
  void cpus(String running, @Nullable String declared, @Nullable String differences) {
    assertThat(between(DeclaredDomain.of("web", file(running)), file(declared)))
        .isEqualTo(Strings.nullToEmpty(differences));
  }

  /** The toolstack tells a share of every domain; a file that declares none leaves it open. */
  @ParameterizedTest(name = "{0} % of {1} beside {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          credit2 | 256 | 0  |                  |
          credit2 | 256 | 0  | cpu_weight = 256 |
          credit2 | 256 | 0  | cpu_weight = 512 | share weight 256 to weight 512 (live)
          credit  | 256 | 50 | cpu_weight = 256 | share weight 256, cap 50 % to weight 256 (live)
          credit  | 512 | 0  | cap = 50         | share weight 512 to weight 256, cap 50 % (live)
          rtds    | 256 | 0  | cpu_weight = 512 | share weight 256 to weight 512 (next-reboot)
          """)
  void share(
      String scheduler,
      int weight,
      int cap,
      @Nullable String declared,
      @Nullable String differences) {
    DomainConfiguration running =
        DomainConfiguration.named("web").share(new Share(scheduler, weight, cap)).build();

    assertThat(between(running, file(declared))).isEqualTo(Strings.nullToEmpty(differences));
  }

  @Test
  void aShareThatTheToolstackDoesNotTellIsNotCompared() {
    assertThat(between(DomainConfiguration.named("web").build(), file("cpu_weight = 512")))
        .isEmpty();
  }

  @Test
  void whoDeclaresTheMaximumOfVirtualCpusOnlyLeavesTheirNumberOpen() {
    DomainConfiguration running = DomainConfiguration.named("web").vcpus(2).maxVcpus(4).build();

    assertThat(between(running, file("maxvcpus = 4"))).isEmpty();
    assertThat(between(running, file(""))).isEqualTo("virtual CPUs 2 to 1 (live)");
  }

  /** Interfaces are told apart by MAC, and those without one in the file by their bridge. */
  @ParameterizedTest(name = "{0} beside {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          vif = ["mac=@1,bridge=a", "mac=@2,bridge=b"] | vif = ["mac=@2,bridge=b", "mac=@1,bridge=a"] |
          vif = ["mac=@1,bridge=a", "mac=@2,bridge=b"] | vif = ["bridge=b", "mac=@1,bridge=a"]        |
          vif = ["mac=@1,bridge=a", "mac=@2,bridge=a"] | vif = ["bridge=a", "mac=@1,bridge=a"]        |
          vif = ["mac=@1,bridge=a", "mac=@2,bridge=b"] | vif = ["mac=@2,bridge=a", "mac=@1,bridge=a"] | network interface @2 bridge b to a (next-reboot)
          vif = ["mac=@1,bridge=a"]                    | vif = ["bridge=b"]                           | network interface 0 is new (live); network interface @1 is no longer declared (next-reboot)
          vif = ["mac=@1,bridge=a"]                    | vif = ["model=e1000"]                        |
          """)
  void interfaces(String running, String declared, @Nullable String differences) {
    String mac = "00:16:3e:00:00:0";

    assertThat(
            between(
                DeclaredDomain.of("web", file(running.replace("@", mac))),
                file(declared.replace("@", mac))))
        .isEqualTo(Strings.nullToEmpty(differences).replace("@", mac));
  }
}
