package org.quattor.ncm.xen.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can be told of the Pan templates without their compiler: that they are made of tokens of
 * Pan, have the names of their files, that brackets match, that templates and functions are there,
 * and that variables are set somewhere.
 */
class PanTemplatesTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ncm-xen.checkout"));
  private static final Path SCHEMA = CHECKOUT.resolve("schema");
  private static final Path EXAMPLE = SCHEMA.resolve("clusters/example-xen");

  /** Templates of the library that every site has. */
  private static final ImmutableSet<String> LIBRARY =
      ImmutableSet.of(
          "pan/types",
          "pan/units",
          "quattor/types/component",
          "components/spma/config",
          "components/network/config",
          "components/grub/config",
          "components/sysctl/config",
          "components/chkconfig/config");

  /** Functions of the language that are used here. */
  private static final ImmutableSet<String> FUNCTIONS =
      ImmutableSet.of(
          "create",
          "debug",
          "dict",
          "error",
          "exists",
          "format",
          "index",
          "is_defined",
          "length",
          "list",
          "match",
          "matches",
          "merge",
          "replace",
          "return",
          "split",
          "to_long",
          "to_lowercase",
          "to_string",
          "value",
          // Of types.
          "choice",
          "long",
          "string");

  private static final ImmutableSet<String> STATEMENTS =
      ImmutableSet.of("if", "foreach", "while", "for");

  /** Variables that the compiler or a site's own templates set. */
  private static final ImmutableSet<String> OF_OTHERS =
      ImmutableSet.of(
          "SELF",
          "ARGV",
          "ARGC",
          "OBJECT",
          "FULL_HOSTNAME",
          "MB",
          "GB",
          "XEN_VERSION",
          "XEN_LINUX_VERSION");

  static List<String> templates() throws IOException {
    try (Stream<Path> files = Files.walk(SCHEMA)) {
      return files
          .filter(file -> file.toString().endsWith(".pan"))
          .map(file -> SCHEMA.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static ImmutableList<Token> tokens(String file) {
    try {
      return PanLexer.tokens(file, Files.readString(SCHEMA.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text of the tokens between two places, without blanks. */
  private static String joined(List<Token> tokens, int from, int to) {
    return tokens.subList(from, to).stream().map(Token::text).collect(Collectors.joining());
  }

  private static int indexOf(List<Token> tokens, Token.Kind kind, String text) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(kind, text)) {
        return i;
      }
    }
    throw new AssertionError("no " + text);
  }

  @Test
  void thereAreTheTemplatesOfTheOldLibrary() throws IOException {
    assertThat(templates())
        .contains(
            "components/xen/config.pan",
            "xen/host/config.pan",
            "xen/configure_guests.pan",
            "xen/auto_network.pan",
            "xen/grub.pan",
            "xen/guest/config.pan",
            "xen/independent_wallclock.pan",
            "xen/dependent_wallclock.pan")
        .hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void aTemplateHasTheNameOfItsFile(String file) {
    ImmutableList<Token> tokens = tokens(file);
    int word = indexOf(tokens, Token.Kind.WORD, "template");
    int end = indexOf(tokens, Token.Kind.SIGN, ";");
    String kind = joined(tokens, 0, word);
    String name = joined(tokens, word + 1, end);
    assertThat(kind).isIn("", "unique", "declaration", "structure", "object");
    String expected = file.replaceFirst("\\.pan$", "").replaceFirst("^clusters/[^/]+/", "");
    assertThat(name).isEqualTo(kind.equals("object") ? basename(expected) : expected);
  }

  private static String basename(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void bracketsMatch(String file) {
    Deque<String> open = new ArrayDeque<>();
    for (Token token : tokens(file)) {
      if (token.kind() == Token.Kind.SIGN) {
        switch (token.text()) {
          case "(" -> open.push(")");
          case "[" -> open.push("]");
          case "{" -> open.push("}");
          case ")", "]", "}" -> assertThat(open.poll()).isEqualTo(token.text());
          default -> {
            // Other signs do not come in pairs.
          }
        }
      }
    }
    assertThat(open).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void includedAndCreatedTemplatesAreThere(String file) {
    ImmutableList<Token> tokens = tokens(file);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      boolean include = tokens.get(i).is(Token.Kind.WORD, "include");
      boolean create = tokens.get(i).is(Token.Kind.WORD, "create");
      Token name = tokens.get(create ? i + 2 : i + 1);
      if ((include || create) && name.kind() == Token.Kind.STRING) {
        if (name.text().endsWith("/")) {
          // A machine by its host's name.
          assertThat(EXAMPLE.resolve(name.text())).isDirectory();
        } else {
          assertThat(isThere(name.text())).as("%s, included by %s", name.text(), file).isTrue();
          String own = joined(tokens, 0, indexOf(tokens, Token.Kind.WORD, "template"));
          assertThat(kindOf(name.text()).equals("structure"))
              .as("%s in %s", name.text(), file)
              .isEqualTo(create || own.equals("structure"));
        }
      }
    }
  }

  private static boolean isThere(String template) {
    return LIBRARY.contains(template)
        || Files.exists(SCHEMA.resolve(template + ".pan"))
        || Files.exists(EXAMPLE.resolve(template + ".pan"));
  }

  private static String kindOf(String template) {
    if (LIBRARY.contains(template)) {
      return "unique";
    }
    String file = template + ".pan";
    ImmutableList<Token> tokens =
        tokens(Files.exists(SCHEMA.resolve(file)) ? file : "clusters/example-xen/" + file);
    return joined(tokens, 0, indexOf(tokens, Token.Kind.WORD, "template"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void functionsAreOfTheLanguageOrDeclared(String file) throws IOException {
    Set<String> known = new HashSet<>(FUNCTIONS);
    known.addAll(STATEMENTS);
    for (String other : templates()) {
      ImmutableList<Token> tokens = tokens(other);
      for (int i = 0; i + 1 < tokens.size(); i++) {
        if (tokens.get(i).is(Token.Kind.WORD, "function")) {
          known.add(tokens.get(i + 1).text());
        }
      }
    }
    ImmutableList<Token> tokens = tokens(file);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).kind() == Token.Kind.WORD
          && tokens.get(i + 1).is(Token.Kind.SIGN, "(")
          && !tokens.get(i).text().matches("[A-Z_]+")) {
        assertThat(known).contains(tokens.get(i).text());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void variablesAreSetSomewhere(String file) throws IOException {
    Set<String> known = new HashSet<>(OF_OTHERS);
    for (String other : templates()) {
      ImmutableList<Token> tokens = tokens(other);
      for (int i = 0; i + 1 < tokens.size(); i++) {
        if (tokens.get(i).is(Token.Kind.WORD, "variable")) {
          known.add(tokens.get(i + 1).text());
        }
      }
    }
    for (Token token : tokens(file)) {
      if (token.kind() == Token.Kind.WORD && token.text().matches("[A-Z][A-Z_0-9]+")) {
        assertThat(known).contains(token.text());
      }
    }
  }

  @Test
  void everyVariableOfTheHostHasADefaultInPanToo() {
    Set<String> set =
        Stream.of("xen/variables.pan", "xen/grub.pan", "xen/guest/config.pan")
            .flatMap(file -> words(file).stream())
            .collect(Collectors.toSet());
    assertThat(set)
        .contains(
            "XEN_BOOT_DEVICE",
            "XEN_DOM0_ROOT_DEVICE",
            "XEN_DOM0_MEM",
            "XEN_VG",
            "XEN_GUESTS",
            "XEN_DB",
            "XEN_BOOTLOADER_DEFAULT",
            "XEN_BOOTLOADER",
            "XEN_BOOTARG_DEFAULT",
            "XEN_BOOTARGS_DEFAULT",
            "XEN_BOOTARGS",
            "XEN_CREATE_FILESYSTEMS",
            "XEN_CREATE_DOMAINS",
            "XEN_PROFILE_PREFIX",
            "XEN_INDEPENDENT_WALLCLOCK",
            "XEN_RAM",
            "XEN_VIF_BRIDGE",
            "XEN_NETWORK_BRIDGES",
            "XEN_GUESTS_MACHINE_DB");
  }

  private static List<String> words(String file) {
    return tokens(file).stream().map(Token::text).toList();
  }

  @Test
  void nothingOfTheOldLanguageIsLeft() throws IOException {
    for (String file : templates()) {
      assertThat(words(file)).doesNotContain("nlist", "is_nlist", "first", "next", "define");
      assertThat(tokens(file))
          .filteredOn(token -> token.kind() == Token.Kind.STRING)
          .extracting(Token::text)
          .noneMatch(text -> text.startsWith("//"));
    }
  }
}
