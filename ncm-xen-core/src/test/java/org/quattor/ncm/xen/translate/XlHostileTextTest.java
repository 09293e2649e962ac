package org.quattor.ncm.xen.translate;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.Scenario;
import org.quattor.ncm.xen.XenComponent;
import org.quattor.ncm.xen.host.ImageFormat;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.model.Disk.Access;
import org.quattor.ncm.xen.plan.ShownGuests;

/** Hostile text through every field, and every translation, shown to {@code xl} itself. */
class XlHostileTextTest {

  private static final XenVersion XEN = new XenVersion(4, 17);

  private static final List<String> HOSTILE =
      List.of(
          "x\"\ndisk = ['phy:/dev/sda,xvda,w']\n#",
          "x'\ndisk = ['phy:/dev/sda,xvda,w']\n#",
          "x\"; kernel = \"/srv/k",
          "x', 'phy:/dev/sda,xvda,w",
          "x\", \"phy:/dev/sda,xvda,w",
          "x,script=/srv/s",
          "x,target=/dev/sda",
          ",",
          "=",
          "x\\",
          "\\\"; name = \"y",
          "x\ny",
          "x\ry",
          "x\u0000y",
          "x\u001by",
          "x\uDC00",
          "[",
          "]",
          "['x']",
          "['x', 'script=/srv/s']",
          " x ",
          "#x",
          "$(id)",
          "-x",
          "../../x",
          "\u2028x",
          "x".repeat(4000),
          "x".repeat(70_000));

  /**
   * A field of a guest.
   *
   * @param leaves where xl's JSON may have it
   * @param exact whether xl has to have the very text there
   */
  private record Field(BiConsumer<GuestBuilder, String> set, String leaves, boolean exact) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field((guest, text) -> guest.name = text, "c_info.name", true),
          new Field((guest, text) -> guest.kernel = text, "b_info.kernel", true),
          new Field((guest, text) -> guest.ramdisk = text, "b_info.ramdisk", true),
          new Field((guest, text) -> guest.cmdline = text, "b_info.cmdline", true),
          new Field((guest, text) -> guest.extra = text, "b_info.cmdline", true),
          new Field((guest, text) -> guest.root = text, "b_info.cmdline", false),
          new Field((guest, text) -> guest.ip = text, "b_info.cmdline", false),
          new Field(
              (guest, text) -> guest.nfsRoot = guest.nfsServer = text, "b_info.cmdline", false),
          new Field((guest, text) -> guest.bootloader = text, "b_info.bootloader", true),
          new Field(
              (guest, text) -> {
                guest.bootloader = "b";
                guest.bootargs = text;
              },
              "b_info.bootloader",
              false),
          new Field((guest, text) -> guest.builder = text, "c_info.type", false),
          new Field((guest, text) -> guest.cpus = text, "b_info.", false),
          new Field((guest, text) -> guest.vfb = text, "v", false),
          new Field((guest, text) -> guest.vfb = "vncpasswd=" + text, "v", false),
          new Field((guest, text) -> guest.vtpm = "backend=" + text, "vtpms", false),
          new Field((guest, text) -> guest.vif(text), "nics[0]", false),
          new Field((guest, text) -> guest.vif("bridge=" + text), "nics[0]", false),
          new Field((guest, text) -> guest.vif("script=" + text), "nics[0]", false),
          new Field((guest, text) -> guest.lvm(text, Access.READ_ONLY), "disks[0].vdev", true),
          new Field(
              (guest, text) -> guest.lvm("v", "l", "xvda", Access.READ_ONLY, text),
              "disks[0].format",
              false),
          new Field(
              (guest, text) -> guest.lvm("v", text, "xvda", Access.READ_ONLY, null),
              "disks[0].pdev_path",
              false),
          new Field(
              (guest, text) -> guest.file("/" + text, "xvda", Access.READ_ONLY, ImageFormat.RAW),
              "disks[0].pdev_path",
              false));

  @TempDir private Path folder;

  @Test
  void hostileTextIsRefusedOrStaysInItsField() throws Exception {
    RealXl xl = RealXl.orSkip(folder);
    int read = 0;
    for (Field field : FIELDS) {
      Map<String, String> harmless = outside(field, xl.read(rendered(field, benign(field)).text()));
      for (String text : HOSTILE) {
        Translation file = rendered(field, text);
        if (file.hasErrors()) {
          continue;
        }
        RealXl.Answer answer = xl.read(file.text());
        assertThat(answer.exit()).as(file.text()).isZero();
        assertThat(answer.errors()).as(file.text()).isEmpty();
        assertThat(outside(field, answer)).as(file.text()).isEqualTo(harmless);
        if (field.exact()) {
          assertThat(answer.leaves()).containsEntry(field.leaves(), text);
        }
        if (field.leaves().equals("disks[0].pdev_path")) {
          assertThat(answer.leaves().get(field.leaves())).endsWith("/" + text);
        }
        read++;
      }
    }
    System.out.println(
        "XlHostileTextTest: " + read + " of " + FIELDS.size() * HOSTILE.size() + " read by xl");
    assertThat(read).isGreaterThan(100);
  }

  @Test
  void xlTakesEveryTranslationWithoutAWord() throws Exception {
    RealXl xl = RealXl.orSkip(folder);
    List<String> texts = new ArrayList<>();
    for (Arguments row : XlFileTest.translations().toList()) {
      GuestBuilder guest = new GuestBuilder();
      @SuppressWarnings("unchecked")
      Consumer<GuestBuilder> change = (Consumer<GuestBuilder>) row.get()[0];
      change.accept(guest);
      texts.add(guest.xl(XEN).text());
    }
    List<RealXl.Answer> answers = xl.read(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(answers.get(i).errors()).as(texts.get(i)).isEmpty();
      assertThat(answers.get(i).exit()).as(texts.get(i)).isZero();
    }
  }

  /** The files have these as they are declared, because the schema accepts nothing else. */
  @Test
  void theSchemaRefusesHostileTextInAClosedField() {
    XenComponent component = new XenComponent();
    for (String field : List.of("uuid", "type", "on_poweroff", "on_reboot", "on_crash")) {
      for (String text : HOSTILE) {
        String json = text.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(joining());
        Profile profile =
            Scenario.domains(
                """
                {"web": {"options": {"name": "web", "memory": 64, "kernel": "/k", "%s": "%s"}}}
                """
                    .formatted(field, json));
        ShownGuests shown = component.show(ComponentContext.builder(profile).build(), Toolstack.XL);

        assertThat(shown.files()).as(field + " " + text).isEmpty();
        assertThat(shown.findings())
            .extracting(Finding::id, finding -> finding.path().replaceFirst(".*/", ""))
            .containsExactly(tuple(field.equals("uuid") ? "XEN006" : "XEN005", field));
      }
    }
  }

  private static Translation rendered(Field field, String text) {
    GuestBuilder guest = new GuestBuilder();
    guest.uuid = "11111111-2222-3333-4444-555555555555";
    field.set().accept(guest, text);
    return Translation.of(guest.options(), Toolstack.XL, "vm", guest.uuid, XEN);
  }

  /** Returns a text that every field takes. */
  private static String benign(Field field) {
    return switch (field.leaves()) {
      case "c_info.type" -> "hvm";
      case "disks[0].vdev" -> "xvda";
      case "disks[0].format" -> "tap:qcow";
      case "v" -> "vnc=1";
      case "nics[0]" -> "";
      default -> "0";
    };
  }

  private static Map<String, String> outside(Field field, RealXl.Answer answer) {
    Map<String, String> leaves = new TreeMap<>(answer.leaves());
    leaves.keySet().removeIf(path -> path.startsWith(field.leaves()));
    return leaves;
  }
}
