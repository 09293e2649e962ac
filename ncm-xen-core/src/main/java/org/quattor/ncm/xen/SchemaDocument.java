package org.quattor.ncm.xen;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.xen.guestfile.KeyTable;
import org.quattor.ncm.xen.schema.Schema;

/** The schema as a text, for people and for editors. */
public final class SchemaDocument {

  private SchemaDocument() {}

  /** How it is written. */
  public enum Format {
    /** The declarations themselves. */
    PAN,
    /** JSON Schema, plan 2020-12. */
    JSON_SCHEMA,
    /** Tables in Markdown. */
    MARKDOWN
  }

  /**
   * Returns the text.
   *
   * @param siteFile a site's schema; null for the one that comes with ncm-xen
   */
  public static String of(Format format, @Nullable Path siteFile) {
    Schema schema = siteFile == null ? Schema.builtIn() : Schema.read(siteFile);
    return switch (format) {
      case PAN -> schema.pan();
      case JSON_SCHEMA -> schema.jsonSchema();
      case MARKDOWN -> markdown(schema);
    };
  }

  private static String markdown(Schema schema) {
    return """
        # The schema of /software/components/xen

        Made by `ncm-xen schema --format markdown`. A step `*` of a path stands for every key of a
        dict, or every item of a list. Mandatory fields are marked; what is meant when another one
        is absent stands with its meaning.

        """
        + schema.markdown()
        + """
        ## Keys of guest files

        A key of `xl.cfg(5)` or `xm` and the field of `options` that it is written from. What has no
        field goes through `extra_config`. The types of guest were seen with xl 4.17; versions that
        are named come from Xen's documentation. What xl would pass over in silence is an error.

        """
        + KeyTable.markdown();
  }
}
