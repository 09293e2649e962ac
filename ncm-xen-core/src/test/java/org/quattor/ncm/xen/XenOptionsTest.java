package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.doctor.Expectations;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.profile.ProfileReader;

class XenOptionsTest {

  private static ComponentContext.Builder context() {
    String json = "{\"software\": {\"components\": {\"xen\": {\"active\": true}}}}";
    return ComponentContext.builder(
        new ProfileReader()
            .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "a test"));
  }

  @Test
  void withoutOptionsAllGuestsOfTheRealHostAreWorkedOn() {
    XenOptions options = XenOptions.of(context().build());
    assertThat(options.simulatedHost()).isEmpty();
    assertThat(options.toolstack()).isEmpty();
    assertThat(options.schema()).isEmpty();
    assertThat(options.guests()).isEmpty();
    assertThat(options.stopDomains()).isFalse();
    assertThat(options.commandTimeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void everyOptionIsRead() {
    XenOptions options =
        XenOptions.of(
            context()
                .option("host", List.of("simulated:/tmp/host"))
                .option("toolstack", List.of("xm"))
                .option("schema", List.of("site.pan"))
                .option("guest", List.of("web", "db", "web"))
                .option("stop-domains", List.of("true"))
                .option("command-timeout", List.of("86400"))
                .build());
    assertThat(options.simulatedHost()).contains(Path.of("/tmp/host"));
    assertThat(options.toolstack()).contains(Toolstack.XM);
    assertThat(options.schema()).contains(Path.of("site.pan"));
    assertThat(options.guests()).containsExactly("web", "db");
    assertThat(options.stopDomains()).isTrue();
    assertThat(options.commandTimeout()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void theWordsOfTheDefaultsAreTheDefaults() {
    assertThat(
            XenOptions.of(
                context()
                    .option("host", List.of("local"))
                    .option("toolstack", List.of("auto"))
                    .option("stop-domains", List.of("false"))
                    .option("command-timeout", List.of("120"))
                    .option("guest", List.of())
                    .build()))
        .isEqualTo(XenOptions.of(context().build()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          hots            ! simulated:d ! unknown option "hots" for component xen; did you mean host?
          command_timeout ! 5           ! unknown option "command_timeout" for component xen; did you mean command-timeout?
          colour          ! red         ! unknown option "colour" for component xen; expected one of command-timeout, guest, host, schema, stop-domains, toolstack
          host            ! lokal       ! option host is "lokal"; expected local or simulated:DIR
          host            ! simulated:  ! option host is "simulated:"; expected local or simulated:DIR
          host            ! /tmp/host   ! option host is "/tmp/host"; expected local or simulated:DIR
          toolstack       ! xn          ! option toolstack is "xn"; expected auto, xl or xm
          stop-domains    ! yes         ! option stop-domains is "yes"; expected true or false
          stop-domains    ! ture        ! option stop-domains is "ture"; expected true or false
          command-timeout ! x           ! option command-timeout is "x"; expected whole seconds from 1 to 86400
          command-timeout ! 0           ! option command-timeout is "0"; expected whole seconds from 1 to 86400
          command-timeout ! 86401       ! option command-timeout is "86401"; expected whole seconds from 1 to 86400
          command-timeout ! 2m          ! option command-timeout is "2m"; expected whole seconds from 1 to 86400
          """)
  void anUnknownOrMalformedOptionIsRefusedWithWhatWasExpected(
      String name, String value, String sentence) {
    ComponentContext context = context().option(name, List.of(value)).build();
    assertThatThrownBy(() -> XenOptions.of(context))
        .satisfies(Refused.as(Refusal.Kind.USAGE))
        .hasMessage(sentence);
  }

  @Test
  void anOptionOfOneValueIsNotGuessedFromTwo() {
    ComponentContext context =
        context().option("host", List.of("simulated:/tmp/host", "local")).build();
    assertThatThrownBy(() -> XenOptions.of(context))
        .hasMessage("option host has 2 values; expected one");
  }

  @Test
  void whatCannotBeAPathIsRefusedInOneLine() {
    for (String host : List.of("simulated:a\0\nb", "simulated:\0")) {
      ComponentContext context = context().option("host", List.of(host)).build();
      assertThatThrownBy(() -> XenOptions.of(context))
          .satisfies(Refused.as(Refusal.Kind.USAGE))
          .message()
          .startsWith("option host is \"simulated:")
          .doesNotContain("\n", "\0");
    }
    ComponentContext context = context().option("schema", List.of("a\0b")).build();
    assertThatThrownBy(() -> XenOptions.of(context))
        .hasMessage("option schema is \"a\\u{0}b\"; expected a Pan file");
  }

  /** A runner that writes {@code hots} must not change the host that it runs on. */
  @Test
  void everyRoadIntoTheComponentRefusesAMisspelledOption(@TempDir Path folder) {
    ComponentContext context =
        context().option("hots", List.of("simulated:" + folder.resolve("host"))).build();
    XenComponent xen = new XenComponent();
    Stream<Consumer<ComponentContext>> roads =
        Stream.of(
            xen::configure,
            xen::unconfigure,
            given -> xen.plan(Intent.CONFIGURE, given),
            given -> xen.plan(Intent.UNCONFIGURE, given),
            given -> xen.apply(xen.plan(Intent.CONFIGURE, context().build()), given),
            xen::status,
            given -> xen.show(given, Toolstack.XL),
            given -> XenDoctor.examine(given, false, Expectations.NONE));
    roads.forEach(
        road ->
            assertThatThrownBy(() -> road.accept(context))
                .satisfies(Refused.as(Refusal.Kind.USAGE))
                .hasMessageContaining("did you mean host?"));
  }
}
