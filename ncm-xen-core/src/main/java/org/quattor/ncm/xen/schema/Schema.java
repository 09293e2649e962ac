package org.quattor.ncm.xen.schema;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.finding.XenPaths;

/** The types that {@code /software/components/xen} has to be of. Immutable. */
public final class Schema {

  private final Declarations declarations;
  private final String text;

  /** What ncm-xen itself relies on; null when this is it. */
  private final @Nullable Schema own;

  private Schema(Declarations declarations, String text, @Nullable Schema own) {
    declarations.check();
    this.declarations = declarations;
    this.text = text;
    this.own = own;
  }

  /** Returns the schema that comes with ncm-xen: {@code components/xen/schema.pan}. */
  public static Schema builtIn() {
    return BuiltIn.SCHEMA;
  }

  /**
   * Returns a site's schema, which extends ours: it may declare further fields and be stricter. It
   * includes {@code components/xen/schema} for our types and binds its own, or includes {@code
   * components/xen/config} to bind ours beside it; or it declares all types itself.
   *
   * @throws Refusal when the file cannot be read, is not Pan, or needs more than declarations
   */
  public static Schema read(Path siteFile) {
    Declarations declarations = Declarations.withCoreTypes();
    String text = text(siteFile);
    PanParser.read(siteFile.toString(), text, declarations);
    if (declarations.bindings().stream()
        .noneMatch(binding -> binding.path().equals(XenPaths.COMPONENT))) {
      throw new Refusal(
          Refusal.Kind.SETTINGS,
          siteFile
              + ": binds no type to "
              + XenPaths.COMPONENT
              + "; expected bind, or include '"
              + Declarations.OWN_CONFIG
              + "'");
    }
    return new Schema(declarations, text, builtIn());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new Refusal(Refusal.Kind.SETTINGS, file + ": the file does not exist");
    } catch (CharacterCodingException e) {
      throw new Refusal(Refusal.Kind.SETTINGS, file + ": is not UTF-8 text");
    } catch (IOException e) {
      throw new Refusal(Refusal.Kind.SETTINGS, file + ": cannot be read: " + e);
    }
  }

  /**
   * Returns what is wrong with the component's part of a profile, all of it, in the order in which
   * the Pan compiler would meet it: of a record the unexpected fields, then what its included types
   * say, then mandatory fields and then optional ones, both by name; depth first.
   *
   * @param component the element at {@code /software/components/xen}
   * @param profile the whole profile, which links and dependencies lead into
   * @return findings {@code XEN001} to {@code XEN012}, all of them errors, and for every field that
   *     only the site's schema has a note {@code XEN013}; none when the component is valid
   */
  public ImmutableList<Finding> validate(Element component, Profile profile) {
    ImmutableList<Finding> bound = validateBound(component, profile);
    return own == null ? bound : SiteFields.merge(bound, own.validateBound(component, profile));
  }

  /**
   * Returns a profile whose component has the types that are declared, for a source that lost them
   * ({@link Profile#typed}): digits become a number, {@code true}, {@code yes} and their like a
   * boolean, a number text, a single value a list of one, and nothing an empty list or dict. What
   * cannot be read so, and what is not declared, stays as it is, for {@link #validate} to judge.
   */
  public Profile typed(Profile profile) {
    return declarations.bindings().stream()
        .filter(binding -> binding.path().equals(XenPaths.COMPONENT))
        .findFirst()
        .<Profile>map(binding -> new DeclaredProfile(profile, binding.type(), declarations))
        .orElse(profile);
  }

  /** Returns the declarations as Pan text: the component's own, or the site's file. */
  public String pan() {
    return text;
  }

  /** Returns the same as a JSON Schema (2020-12) of the whole profile, for editors. */
  public String jsonSchema() {
    return new JsonSchema(declarations).document();
  }

  Declarations declarations() {
    return declarations;
  }

  private ImmutableList<Finding> validateBound(Element component, Profile profile) {
    Validator validator = new Validator(declarations, profile);
    for (Declarations.Binding binding : declarations.bindings()) {
      if (binding.path().equals(XenPaths.COMPONENT)) {
        validator.validate(component, binding.type());
      } else {
        validator.validate(binding.path(), binding.type());
      }
    }
    return validator.findings();
  }

  /** Read once: that takes longer than all that is done with it for a small host. */
  private static final class BuiltIn {
    static final Schema SCHEMA = read();

    private static Schema read() {
      Declarations declarations = Declarations.withCoreTypes();
      declarations.bindOwn();
      return new Schema(declarations, Declarations.ownText(), null);
    }
  }
}
