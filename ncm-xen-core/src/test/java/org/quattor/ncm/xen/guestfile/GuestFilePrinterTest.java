package org.quattor.ncm.xen.guestfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quattor.ncm.xen.HostileText;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.guestfile.GuestFile.Text;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.guestfile.GuestFile.Whole;
import org.quattor.ncm.xen.host.Toolstack;

/** A guest file is the same after it was printed and read, whatever its values hold. */
class GuestFilePrinterTest {

  private static final List<String> PIECES = new ArrayList<>(HostileText.ATTACKS.values());

  static {
    PIECES.removeIf(text -> text.length() > 1000);
    PIECES.addAll(HostileText.HARMLESS);
    PIECES.addAll(
        List.of("", " ", ",", ",,", "=", "'", "\"", "\\", "\n", "\r", "\t", "#", "[", "]", ";"));
    PIECES.addAll(List.of("target=", "vdev=", "access=w!", "phy:", "ioemu:", ":cdrom", "é", "😀"));
  }

  private final Random random = new Random();

  private void seed() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("GuestFilePrinterTest: -Dseed=" + seed);
    random.setSeed(seed);
  }

  private String text(Toolstack dialect) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return Quoting.obstacle(text.toString(), dialect == Toolstack.XL).isEmpty()
        ? text.toString()
        : "plain";
  }

  private Value value(Toolstack dialect, int depth) {
    return switch (random.nextInt(depth > 2 ? 2 : 3)) {
      case 0 -> new Text(text(dialect));
      case 1 -> new Whole(dialect == Toolstack.XM ? random.nextLong() >> 1 : random.nextInt(9999));
      default -> {
        ImmutableList.Builder<Value> elements = ImmutableList.builder();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(value(dialect, depth + 1));
        }
        yield new Items(elements.build());
      }
    };
  }

  private Items devices(String key, Toolstack dialect) {
    ImmutableList.Builder<Value> elements = ImmutableList.builder();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(Device.of(key, new Text(text(dialect))));
    }
    return new Items(elements.build());
  }

  private GuestFile file(Toolstack dialect) {
    Map<String, Value> values = new LinkedHashMap<>();
    boolean xl = dialect == Toolstack.XL;
    for (String key :
        List.of("name", xl ? "a_0" : "A_0", xl ? "a_" : "_", "bootargs", "cmdline", "vncpasswd")) {
      values.put(key, value(dialect, 0));
    }
    values.put("disk", devices("disk", dialect));
    values.put("vif", devices("vif", dialect));
    if (random.nextBoolean() && !((Items) values.get("vif")).elements().isEmpty()) {
      values.put("bootargs", new Text(((Items) values.get("vif")).elements().get(0).plain()));
      // A name stands for a value before it.
      values.put("bootargs", values.remove("bootargs"));
    }
    return new GuestFile(random.nextBoolean() ? "" : "web.start", ImmutableMap.copyOf(values));
  }

  @ParameterizedTest
  @EnumSource(Toolstack.class)
  void whatIsPrintedIsReadAsTheSameFile(Toolstack dialect) {
    seed();
    for (int i = 0; i < 5000; i++) {
      GuestFile file = file(dialect);
      String text = GuestFilePrinter.print(file, dialect);
      assertThat(GuestFileReader.read(text, dialect)).as(text).isEqualTo(file);
      assertThat(GuestFilePrinter.print(file, dialect)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @EnumSource(Toolstack.class)
  void aFileWithTextThatNoDialectHoldsIsPrintedNevertheless(Toolstack dialect) {
    for (String text : List.of("a\u0000b", "a\u001bb", "a\ud800b", "\udc00")) {
      GuestFile file =
          new GuestFile(
              "a\nname = 'b'",
              ImmutableMap.of(
                  "name", new Text(text), "vif", new Items(ImmutableList.of(new Text(text)))));
      assertThat(GuestFilePrinter.print(file, dialect).lines().filter(line -> !line.isEmpty()))
          .filteredOn(line -> !line.startsWith("#"))
          .first()
          .asString()
          .startsWith("name = ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=1\nb", "1", "a-b", "é", "#"})
  void aTextThatWouldNotStayAKeyIsNoKey(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GuestFile("", ImmutableMap.of(key, new Whole(1))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"['b']", "['a'] + x", "['a','b']", "'a'"})
  void aListIsDeclaredAsItsElementsOrNotAtAll(String declared) {
    ImmutableList<Value> elements = ImmutableList.of(new Text("a"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Items(elements, declared));
    assertThat(new Items(elements, "[ \"a\" ]")).isEqualTo(new Items(elements));
  }

  @Test
  void aNegativeNumberIsReadFromAFileForXm() {
    assertThat(GuestFileReader.read("a = -5", Toolstack.XM))
        .isEqualTo(new GuestFile("", ImmutableMap.of("a", new Whole(-5))));
  }

  @Test
  void theMarkOfAFileIsPartOfIt() {
    String text = "# Generated by ncm-xen as /etc/xen/web \na = 1\n";
    assertThat(GuestFileReader.read(text, Toolstack.XL))
        .isEqualTo(new GuestFile("web", ImmutableMap.of("a", new Whole(1))));
    assertThat(GuestFileReader.read("# Generated by ncm-xen\na = 1\n", Toolstack.XL))
        .isEqualTo(new GuestFile("", ImmutableMap.of("a", new Whole(1))));
  }
}
