package org.quattor.ncm.xen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaAndExplainTest {

  private final Services services = Services.xen();

  @Test
  void theSchemaIsPanUnlessAskedOtherwise() {
    assertThat(Call.of(services, "schema").out()).contains("type component_xen_type = {");
    assertThat(Call.of(services, "schema", "--format", "json-schema").out())
        .startsWith("{\n  \"$schema\" : \"https://json-schema.org/draft/2020-12/schema\"");
    assertThat(Call.of(services, "schema", "--json"))
        .isEqualTo(Call.of(services, "schema", "--format=json-schema"));
  }

  @Test
  void anUnknownFormatIsAUsageError() {
    Call call = Call.of(services, "schema", "--format", "xsd");
    assertThat(call.code()).isEqualTo(64);
    assertThat(call.err()).contains("--format expects pan or json-schema, not \"xsd\"");
  }

  @Test
  void aSchemaThatIsNotThereIsAMistakeOfTheConfiguration() {
    assertThat(Call.of(services, "schema", "--schema", "/nowhere.pan").code()).isEqualTo(78);
  }

  @Test
  void aFindingIsExplainedWithCauseExampleAndFix() {
    Call call = Call.of(services, "explain", "xen107");
    assertThat(call.code()).isZero();
    assertThat(call.out())
        .startsWith("XEN107 (error): Two guests write to one disk\n\nCause:   ")
        .contains("\nExample: ", "\nFix:     ");
  }

  @Test
  void withoutAnIdAllAreListed() {
    assertThat(Call.of(services, "explain").out().lines())
        .hasSizeGreaterThan(80)
        .contains("XEN107  error    Two guests write to one disk")
        .isSorted();
  }

  @Test
  void anUnknownIdIsAUsageError() {
    assertThat(Call.of(services, "explain", "XEN998").code()).isEqualTo(64);
    assertThat(Call.of(services, "explain", "XEN0012").err()).contains("did you mean XEN");
  }

  @Test
  void anExplanationIsAlsoADocument() {
    assertThat(Call.of(services, "explain", "--json", "XEN001").out())
        .contains("\"format\" : \"ncm-xen.explain/1\"", "\"title\" : \"A field is missing\"");
  }
}
