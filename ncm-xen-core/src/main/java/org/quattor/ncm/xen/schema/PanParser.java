package org.quattor.ncm.xen.schema;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.schema.PanType.Check;

/**
 * Reads a declaration template: types and bindings, and nothing that would have to be executed.
 *
 * <p>What Pan allows beyond that (functions, variables, assignments, validation code) is refused by
 * name, because a check that is passed over would accept what the compiler rejects.
 */
final class PanParser {

  /** Templates of the library; their types are built in. */
  private static final ImmutableSet<String> CORE_TEMPLATES =
      ImmutableSet.of(
          "pan/types",
          "pan/legacy",
          "quattor/schema",
          "quattor/types/component",
          "quattor/functions/validation",
          "quattor/types/network");

  private static final ImmutableSet<String> STATEMENTS_OF_CODE =
      ImmutableSet.of("function", "variable", "valid", "final", "prefix", "structure", "object");

  /** Far more than anybody writes; it bounds the stack of whoever walks the types. */
  private static final int MAX_DEPTH = 100;

  private static final String NUMBER = "0[xX][0-9a-fA-F]+|[0-9]+(\\.[0-9]+)?([eE][0-9]+)?";

  private final ImmutableList<Token> tokens;
  private final Declarations declarations;
  private final boolean ours;
  private int next;
  private int depth;

  private PanParser(ImmutableList<Token> tokens, Declarations declarations, boolean ours) {
    this.tokens = tokens;
    this.declarations = declarations;
    this.ours = ours;
  }

  /**
   * Adds what a template declares.
   *
   * @param file its name for messages
   * @throws Refusal for text that is not Pan, or needs more than declarations
   */
  static void read(String file, String text, Declarations declarations) {
    new PanParser(PanLexer.tokens(file, text), declarations, false).template();
  }

  /** The same for a template of ours, whose assignments say nothing about types. */
  static void readOurs(String file, String text, Declarations declarations) {
    new PanParser(PanLexer.tokens(file, text), declarations, true).template();
  }

  private void template() {
    if (!skip("declaration")) {
      skip("unique");
    }
    if (!skip("template")) {
      throw peek().refused("declaration template and its name, with which a file of types begins");
    }
    // The name is a path of words, digits and signs; it has no meaning here.
    while (peek().kind() != Token.Kind.END && !isSign(";")) {
      take();
    }
    expect(";");
    while (peek().kind() != Token.Kind.END) {
      statement();
    }
  }

  private void statement() {
    Token first = take();
    if (first.kind() == Token.Kind.STRING && ours) {
      while (!skipSign(";")) {
        take();
      }
      return;
    }
    if (first.kind() == Token.Kind.STRING) {
      throw first.refused("type, bind or include; ncm-xen executes no assignments");
    }
    switch (first.text()) {
      case ";" -> {
        // An empty statement.
      }
      case "include" -> include();
      case "type" -> typeStatement(first.documentation());
      case "bind" -> bind();
      default -> {
        if (STATEMENTS_OF_CODE.contains(first.text())) {
          throw first.refused("type, bind or include; ncm-xen executes no Pan code");
        }
        throw first.refused("type, bind or include");
      }
    }
  }

  private void include() {
    boolean braces = skipSign("{");
    Token template = string("the name of a template");
    if (braces) {
      expect("}");
    }
    expect(";");
    if (template.text().equals(Declarations.OWN_TEMPLATE)) {
      declarations.includeOwn();
    } else if (template.text().equals(Declarations.OWN_CONFIG)) {
      declarations.bindOwn();
    } else if (!CORE_TEMPLATES.contains(template.text())) {
      throw template.refused(
          "a template whose types are built in ("
              + String.join(", ", CORE_TEMPLATES)
              + "), "
              + Declarations.OWN_TEMPLATE
              + " or "
              + Declarations.OWN_CONFIG);
    }
  }

  private void typeStatement(String documentation) {
    Token name = word("the name of a type");
    expect("=");
    FullType full = fullType();
    expect(";");
    declarations.declare(name, new PanType.Declared(name.text(), full.type(), documentation));
  }

  private void bind() {
    Token path = string("a path");
    expect("=");
    FullType full = fullType();
    expect(";");
    declarations.bind(path, full.type());
  }

  /** A type with what may follow it. */
  private record FullType(PanType type, String defaultValue) {}

  private FullType fullType() {
    PanType type = typeWithClauses();
    String defaultValue = skipSign("=") ? literal() : "";
    return new FullType(skip("with") ? new PanType.Checked(type, check()) : type, defaultValue);
  }

  private PanType typeWithClauses() {
    if (++depth > MAX_DEPTH) {
      throw tooDeep();
    }
    PanType type = baseType();
    depth--;
    for (int clauses = 0; ; clauses++) {
      if (clauses > MAX_DEPTH) {
        throw tooDeep();
      }
      if (skipSign("[")) {
        type = new PanType.ListOf(type, range("]"));
      } else if (skipSign("{")) {
        type = new PanType.DictOf(type, range("}"));
      } else if (skipSign("*")) {
        type = new PanType.LinkTo(type);
      } else {
        return type;
      }
    }
  }

  private Refusal tooDeep() {
    return peek().refused("types nested at most " + MAX_DEPTH + " deep");
  }

  private PanType baseType() {
    if (isSign("{")) {
      return fields(false);
    }
    Token name = word("a type");
    if (name.text().equals("extensible")) {
      return fields(true);
    }
    if (name.text().equals("choice")) {
      return choice();
    }
    @Nullable Range range = skipSign("(") ? range(")") : null;
    Optional<PanType.Primitive> primitive = PanType.Primitive.named(name.text());
    return primitive.isPresent()
        ? new PanType.Basic(primitive.get(), range)
        : new PanType.Named(name.text(), range, name.place());
  }

  private PanType choice() {
    expect("(");
    ImmutableList.Builder<String> values = ImmutableList.builder();
    do {
      values.add(string("a string to choose").text());
    } while (skipSign(",") && !isSign(")"));
    expect(")");
    return new PanType.Choice(values.build());
  }

  private PanType fields(boolean extensible) {
    expect("{");
    ImmutableList.Builder<PanType.Field> own = ImmutableList.builder();
    ImmutableList.Builder<PanType.Named> includes = ImmutableList.builder();
    while (!skipSign("}")) {
      if (skip("include")) {
        Token name = word("the name of a record type");
        includes.add(new PanType.Named(name.text(), null, name.place()));
      } else {
        own.add(field());
      }
    }
    @Nullable Range range = skipSign("(") ? range(")") : null;
    return new PanType.Fields(own.build(), includes.build(), extensible, range);
  }

  private PanType.Field field() {
    Token name = string("a field in quotes, include or }");
    boolean required = skipSign(":");
    if (!required && !skipSign("?")) {
      throw peek().refused(": or ? after the field " + name.text());
    }
    FullType full = fullType();
    return new PanType.Field(
        name.text(), required, full.type(), full.defaultValue(), name.documentation());
  }

  /** Reads the bounds and the sign that closes them; null when there are none. */
  private @Nullable Range range(String close) {
    if (skipSign(close)) {
      return null;
    }
    @Nullable Long min = isSign("..") ? null : bound();
    @Nullable Long max = min;
    if (skipSign("..")) {
      max = isSign(close) ? null : bound();
    }
    expect(close);
    return new Range(min, max);
  }

  private Long bound() {
    String sign = skipSign("-") ? "-" : "";
    Token number = take();
    if (number.kind() == Token.Kind.NUMBER) {
      try {
        return Long.decode(sign + number.text());
      } catch (NumberFormatException e) {
        throw number.refused("a whole number of at most 64 bits");
      }
    }
    throw number.refused("a whole number");
  }

  /** Reads a default, which has to be a value and not a computation. */
  private String literal() {
    String sign = skipSign("-") ? "-" : "";
    Token value = take();
    boolean plain =
        (value.kind() == Token.Kind.NUMBER && value.text().matches(NUMBER))
            || (sign.isEmpty() && value.kind() == Token.Kind.STRING)
            || (sign.isEmpty() && value.text().matches("true|false"));
    if (plain) {
      return value.kind() == Token.Kind.STRING ? "'" + value.text() + "'" : sign + value.text();
    }
    if (sign.isEmpty() && value.text().matches("dict|nlist|list") && skipSign("(")) {
      expect(")");
      return value.text() + "()";
    }
    throw value.refused("a string, number, true, false, dict() or list() as default");
  }

  private Check check() {
    Token function = take();
    if (function.kind() != Token.Kind.WORD) {
      throw function.refused("match(SELF, 'pattern') or a validation function after with");
    }
    expect("(");
    expectWord("SELF");
    Check check;
    if (function.text().equals("match")) {
      expect(",");
      Token pattern = string("a pattern");
      check = new Check.Matches(pattern(pattern), pattern.place());
    } else {
      check =
          new Check.Calls(
              CoreFunction.named(function.text())
                  .orElseThrow(() -> function.refused("a function that ncm-xen knows")));
    }
    expect(")");
    return check;
  }

  private static Pattern pattern(Token text) {
    if (text.text().chars().filter(c -> c == '(').count() > MAX_DEPTH) {
      throw text.refused("a regular expression with at most " + MAX_DEPTH + " groups");
    }
    try {
      return Pattern.compile(text.text());
    } catch (PatternSyntaxException e) {
      throw text.refused("a regular expression: " + e.getDescription());
    }
  }

  private Token string(String expected) {
    return take(Token.Kind.STRING, expected);
  }

  private Token word(String expected) {
    return take(Token.Kind.WORD, expected);
  }

  private Token take(Token.Kind kind, String expected) {
    Token token = take();
    if (token.kind() != kind) {
      throw token.refused(expected);
    }
    return token;
  }

  /** Nobody asks again after the end: it fits nowhere. */
  private Token take() {
    return tokens.get(next++);
  }

  private Token peek() {
    return tokens.get(next);
  }

  private boolean isSign(String text) {
    return peek().is(Token.Kind.SIGN, text);
  }

  private boolean skipSign(String text) {
    boolean there = isSign(text);
    if (there) {
      take();
    }
    return there;
  }

  private boolean skip(String word) {
    boolean there = peek().is(Token.Kind.WORD, word);
    if (there) {
      take();
    }
    return there;
  }

  private void expect(String sign) {
    if (!skipSign(sign)) {
      throw peek().refused(sign);
    }
  }

  private void expectWord(String word) {
    if (!skip(word)) {
      throw peek().refused(word);
    }
  }
}
