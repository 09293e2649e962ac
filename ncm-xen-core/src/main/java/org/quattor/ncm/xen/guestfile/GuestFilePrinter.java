package org.quattor.ncm.xen.guestfile;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.xen.guestfile.GuestFile.Items;
import org.quattor.ncm.xen.guestfile.GuestFile.Text;
import org.quattor.ncm.xen.guestfile.GuestFile.Value;
import org.quattor.ncm.xen.host.Toolstack;

/**
 * Writes guest files in the dialect of a toolstack. The same file gives the same bytes: there is no
 * time in it. Every file can be printed; {@link GuestFileReader} reads the same file again when the
 * dialect can hold its texts ({@link Quoting#obstacle}).
 */
public final class GuestFilePrinter {

  private static final String RULE = "#" + "=".repeat(76) + "\n";

  private final GuestFile file;
  private final boolean xl;
  private final StringBuilder text = new StringBuilder();

  /** The network interfaces, once they are printed: a name stands for a value before it. */
  private ImmutableList<String> vifs = ImmutableList.of();

  private GuestFilePrinter(GuestFile file, Toolstack dialect) {
    this.file = file;
    this.xl = dialect == Toolstack.XL;
  }

  /** Returns the whole file, ending with a line feed, to be written as UTF-8. */
  public static String print(GuestFile file, Toolstack dialect) {
    GuestFilePrinter printer = new GuestFilePrinter(file, dialect);
    if (!file.writtenAs().isEmpty()) {
      printer.text.append(printer.xl ? printer.xlHeader() : printer.xmHeader());
    }
    file.values().forEach(printer::line);
    return printer.text.toString();
  }

  private void line(String key, Value value) {
    text.append(key).append(" = ");
    if (xl && value instanceof Items items && !items.elements().isEmpty()) {
      text.append("[\n");
      items.elements().forEach(element -> text.append("  ").append(literal(element)).append(",\n"));
      text.append(']');
    } else {
      // The Perl component wrote vif[N] for the text of an interface, and Python looks it up.
      int vif = !xl && key.equals("bootargs") ? vifs.indexOf(value.plain()) : -1;
      text.append(vif < 0 ? literal(value) : "vif[" + vif + "]");
    }
    text.append('\n');
    vifs = key.equals("vif") ? file.list(key) : vifs;
  }

  private String literal(Value value) {
    if (value instanceof Items items) {
      StringBuilder list = new StringBuilder();
      for (Value element : items.elements()) {
        list.append(list.isEmpty() ? "" : ",").append(literal(element));
      }
      return !xl && !items.declared().isEmpty() ? items.declared() : "[" + list + "]";
    }
    if (value instanceof Text || value instanceof Device) {
      return xl ? Quoting.xl(value.plain()) : Quoting.python(value.plain());
    }
    return value.plain();
  }

  private boolean isInstall() {
    return file.writtenAs().endsWith(GuestFile.INSTALL_SUFFIX);
  }

  private String xlHeader() {
    return (isInstall()
            ? "# The install phase of a Xen guest, for 'xl create'; see xl.cfg(5) for the keys.\n"
            : "# A Xen guest, for 'xl create'; the keys are explained in xl.cfg(5).\n")
        + "# It follows the profile of this host: what is changed here is lost at the next run.\n"
        + "#\n"
        + FileOrigin.mark(file.writtenAs())
        + "\n\n";
  }

  private String xmHeader() {
    return "#  -*- mode: python; -*-\n"
        + RULE
        + "# Python configuration setup for "
        + (isInstall() ? "the install phase, for 'xm create'.\n" : "'xm create'.\n")
        + """
        # This script sets the parameters used when a domain is created using 'xm create'.
        # You use a separate script for each domain you want to create, or
        # you can set the parameters for the domain on the xm command line.
        #
        """
        + FileOrigin.mark(file.writtenAs())
        + "\n"
        + RULE;
  }
}
