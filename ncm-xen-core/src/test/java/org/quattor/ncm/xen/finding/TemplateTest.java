package org.quattor.ncm.xen.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void aValueStandsOnOneLine() {
    assertThat(Template.render("is {value} here", Map.of("value", "a\nb")))
        .isEqualTo("is a\\nb here");
  }

  @Test
  void whatAPersonWroteIsQuotedAndShortened() {
    assertThat(Template.render("is \"{value}\"", Map.of("value", "a \"b\"")))
        .isEqualTo("is \"a \\\"b\\\"\"");
    assertThat(Template.render("is \"{value}\".", Map.of("value", "x".repeat(100))))
        .isEqualTo("is \"" + "x".repeat(60) + "\"….");
  }

  @Test
  void aListIsEnumerated() {
    assertThat(Template.render("one of {all}", Map.of("all", List.of("r", "w"))))
        .isEqualTo("one of r, w");
  }

  @Test
  void whatIsCountedHasItsPlural() {
    String template = "{a:guest}, {b:entry|entries}";
    assertThat(Template.render(template, Map.of("a", 1, "b", 1))).isEqualTo("1 guest, 1 entry");
    assertThat(Template.render(template, Map.of("a", 0, "b", 2L))).isEqualTo("0 guests, 2 entries");
  }

  @Test
  void theFirstAlternativeWithAllItsValuesIsTaken() {
    String template = "did you mean {nearest}? || remove it";
    assertThat(Template.render(template, Map.of("nearest", Optional.of("xl"))))
        .isEqualTo("did you mean xl?");
    assertThat(Template.render(template, Map.of("nearest", Optional.empty())))
        .isEqualTo("remove it");
    assertThat(Template.render("did you mean {nearest}? ||", Map.of("nearest", Optional.empty())))
        .isEmpty();
  }

  @Test
  void anEmptyTextOfAProfileIsShownAsAnEmptyText() {
    assertThat(
            Template.render(
                "is \"{value}\" || is a value that is not shown", Map.of("value", Optional.of(""))))
        .isEqualTo("is \"\"");
  }

  /** Or else a profile could choose another text by what it declares. */
  @Test
  void aValueIsNotReadAsATemplate() {
    assertThat(Template.render("{a} {b}", Map.of("a", "{b} || x", "b", "y")))
        .isEqualTo("{b} || x y");
  }

  @Test
  void aPlaceholderWithoutAValueIsAMistakeOfOurs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.render("{a}", Map.of()))
        .withMessage("no value for {a}");
  }
}
