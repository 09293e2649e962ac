package org.quattor.ncm.xen.schema;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Profile;

/** The types that {@code /software/components/xen} has to be of. Immutable. */
public final class Schema {

  private final Declarations declarations;

  private Schema(Declarations declarations) {
    declarations.check();
    this.declarations = declarations;
  }

  /** Returns the schema that comes with ncm-xen: {@code components/xen/schema.pan}. */
  public static Schema builtIn() {
    Declarations declarations = Declarations.withCoreTypes();
    declarations.includeOwn();
    return new Schema(declarations);
  }

  /**
   * Returns a site's schema. It either includes {@code components/xen/schema}, and what it binds
   * has to hold as well as ours, or it declares the component's type itself and replaces ours.
   *
   * @throws SchemaException when the file cannot be read, is not Pan, or needs more than
   *     declarations
   */
  public static Schema read(Path siteFile) {
    Declarations declarations = Declarations.withCoreTypes();
    PanParser.read(siteFile.toString(), text(siteFile), declarations);
    if (declarations.bindings().stream()
        .noneMatch(binding -> binding.path().equals(Declarations.COMPONENT))) {
      throw new SchemaException(
          siteFile
              + ": binds no type to "
              + Declarations.COMPONENT
              + "; expected bind, or include '"
              + Declarations.OWN_TEMPLATE
              + "'");
    }
    return new Schema(declarations);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new SchemaException(file + ": there is no such file");
    } catch (CharacterCodingException e) {
      throw new SchemaException(file + ": is not UTF-8 text");
    } catch (IOException e) {
      throw new SchemaException(file + ": cannot be read: " + e);
    }
  }

  /**
   * Returns what is wrong with the component's part of a profile, all of it, in the order in which
   * the Pan compiler would meet it: of a record the unexpected fields, then what its included types
   * say, then mandatory fields and then optional ones, both by name; depth first.
   *
   * @param component the element at {@code /software/components/xen}
   * @param profile the whole profile, which links and dependencies lead into
   * @return findings {@code XEN001} to {@code XEN012}, all of them errors; none when the component
   *     is valid
   */
  public ImmutableList<Finding> validate(Element component, Profile profile) {
    Validator validator = new Validator(declarations, profile);
    for (Declarations.Binding binding : declarations.bindings()) {
      if (binding.path().equals(Declarations.COMPONENT)) {
        validator.validate(component, binding.type());
      } else {
        validator.validate(binding.path(), binding.type());
      }
    }
    return validator.findings();
  }
}
