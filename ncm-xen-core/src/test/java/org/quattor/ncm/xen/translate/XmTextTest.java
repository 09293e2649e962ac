package org.quattor.ncm.xen.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.xen.model.XlSetting;

/** Text that a Python file cannot hold, at each place of a guest: it is refused there. */
class XmTextTest {

  private static final String BROKEN = "a\uD800b";

  static Iterable<Map.Entry<String, Consumer<GuestBuilder>>> places() {
    return Map.<String, Consumer<GuestBuilder>>of(
            "/vif/0", guest -> guest.vif("bridge=" + BROKEN),
            "/cpus", guest -> guest.cpus = "['0', '" + BROKEN + "']",
            "/kernel", guest -> guest.kernel = BROKEN,
            "/bootargs", guest -> guest.bootargs = BROKEN,
            "/keymap",
                guest ->
                    guest.settings.add(
                        new XlSetting(
                            GuestBuilder.PATH + "/keymap",
                            "keymap",
                            false,
                            new XlSetting.Text(BROKEN))),
            "/pci",
                guest ->
                    guest.settings.add(
                        new XlSetting(
                            GuestBuilder.PATH + "/pci",
                            "pci",
                            false,
                            new XlSetting.Texts(ImmutableList.of("0:1.0", BROKEN)))))
        .entrySet();
  }

  @ParameterizedTest
  @MethodSource("places")
  void halfACharacterIsRefusedWhereItStands(Map.Entry<String, Consumer<GuestBuilder>> place) {
    GuestBuilder guest = new GuestBuilder();
    place.getValue().accept(guest);
    assertThat(guest.xm().findings())
        .filteredOn(finding -> finding.id().equals("XEN200"))
        .extracting(Finding::path, Finding::found)
        .containsExactly(
            tuple(GuestBuilder.PATH + place.getKey(), "contains U+D800, half a character"));
  }
}
