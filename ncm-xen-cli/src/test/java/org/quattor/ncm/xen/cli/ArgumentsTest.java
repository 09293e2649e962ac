package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @ParameterizedTest
  @CsvSource({
    "plan --profile a_b, plan --profile a_b",
    "plan --command_timeout=3, plan --command-timeout=3",
    "plan --profile=a_b, plan --profile=a_b",
    "plan --profile --debug, plan --profile --debug",
    "plan --debug, plan --debug=1",
    "plan --debug 3 x, plan --debug=3 x",
    "plan --debug=3 4, plan --debug=3 4",
    "check --debug f.json, check --debug=1 f.json",
    "--json plan, plan --json",
    "--profile plan show vm1, show --profile plan vm1",
    "--guest plan configure, configure --guest plan",
    "--configure xen --noaction, configure xen --noaction",
    "--noaction --unconfigure xen, unconfigure --noaction xen",
    "configure --unconfigure, configure --unconfigure",
    "-- --debug, -- --debug",
    "show -- --a_b, show -- --a_b"
  })
  void theWaysInWhichNcmIsCalledBecomeOne(String given, String normal) {
    assertThat(
            Arguments.normalise(
                List.of(given.split(" ", -1)),
                ImmutableSet.of("configure", "unconfigure", "plan", "check", "show"),
                ImmutableSet.of("--profile", "--guest", "--command-timeout")))
        .containsExactly(normal.split(" ", -1));
  }
}
