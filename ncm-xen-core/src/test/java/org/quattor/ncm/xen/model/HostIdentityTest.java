package org.quattor.ncm.xen.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which host {@code guest_map} means, from the names that the profile and the kernel give. */
class HostIdentityTest {

  private static String place(String declared, String own, String... map) {
    ImmutableList<GuestLocation> all =
        ImmutableList.copyOf(map).stream()
            .map(name -> new GuestLocation("", name))
            .collect(ImmutableList.toImmutableList());
    return new HostIdentity(declared, own).place(all.get(0), all).getClass().getSimpleName();
  }

  @ParameterizedTest
  @CsvSource({
    "a.x.org, a.x.org, a.x.org, Here",
    "a.x.org, a, A.X.org., Here",
    "a.x.org, '', a, Here",
    "a.x.org, localhost, a.x.org, Here",
    "a.x.org, a, b.x.org, Elsewhere",
    "a.x.org, a, a.y.org, Elsewhere",
    "a.x.org, b, c, Elsewhere",
    "a.x.org, b, a.x.org, Here",
    "a.x.org, b.x.org, b, Doubtful",
    "a.x.org, a.y.org, a.x.org, Here",
    "a, b, a, Here",
    "a.x.org, b, b, Doubtful",
    "'', a.x.org, a.x.org, Here",
    "'', a.x.org, a, Here",
    "'', a, a.x.org, Here",
    "'', a.x.org, a.y.org, Doubtful",
    "'', a.x.org, b, Elsewhere",
    "'', a, b.x.org, Elsewhere",
    "'', localhost, a, Doubtful",
    "'', localhost.localdomain, localhost, Doubtful",
    "'', (none), a, Doubtful",
    "'', '', a, Doubtful",
    "a.x.org, a, localhost, Doubtful",
    "a.x.org, a, 192.0.2.7, Doubtful",
    "a.x.org, a, 2001:db8::7, Doubtful",
  })
  void theNamesOfTheHostAreComparedWithThatOfTheMap(
      String declared, String own, String map, String expected) {
    assertThat(place(declared, own, map)).isEqualTo(expected);
  }

  @Test
  void aShortNameIsNotEnoughWhenTheMapHasTwoHostsOfIt() {
    assertThat(place("", "a", "a.x.org", "a.y.org")).isEqualTo("Doubtful");
    assertThat(place("", "a.x.org", "a.x.org", "a.y.org")).isEqualTo("Here");
  }
}
