package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  @Test
  void theFewestEditsWin() {
    assertThat(NearestName.of("cofigure", List.of("plan", "unconfigure", "configure")))
        .contains("configure");
    assertThat(NearestName.of("vm1", List.of("vm2", "vm3"))).contains("vm2");
    assertThat(NearestName.of("vm1", List.of("vm2", "vm1"))).contains("vm1");
  }

  @Test
  void aNameThatIsFarFromAllIsNoGuess() {
    assertThat(NearestName.of("wibble", List.of("plan", "show"))).isEmpty();
    assertThat(NearestName.of("", List.of("plan"))).isEmpty();
    assertThat(NearestName.of("plan", List.of())).isEmpty();
  }

  @Test
  void theHintEndsASentence() {
    assertThat(NearestName.hint("xn", List.of("xl"))).isEqualTo("; did you mean xl?");
    assertThat(NearestName.hint("wibble", List.of("xl"))).isEmpty();
  }
}
