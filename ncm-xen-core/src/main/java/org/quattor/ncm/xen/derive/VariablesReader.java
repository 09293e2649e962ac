package org.quattor.ncm.xen.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.configuration2.ImmutableHierarchicalConfiguration;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.finding.Findings;
import org.quattor.ncm.xen.profile.ConfigurationProfile;

/**
 * Reads the variables of a host from files, single assignments and configurations. Of what is given
 * twice, the later counts.
 *
 * <p>In properties and assignments, a name is followed by its keys with dots between, and the items
 * of a list have commas between them: {@code XEN_DB.xen1.example.org = vm1, vm2}.
 */
public final class VariablesReader {

  private final Findings findings = new Findings();
  private final VariableTree tree = new VariableTree(findings);

  /**
   * Adds a file: properties or JSON, told apart by its first character.
   *
   * @throws Refusal when it cannot be read
   */
  public VariablesReader file(Path file) {
    VariableFile.read(file, tree);
    return this;
  }

  /** Adds one assignment, as a line of properties would, but without its escapes. */
  public VariablesReader set(String name, String value) {
    tree.putTexts(name, ImmutableList.of(value), "--set");
    return this;
  }

  /**
   * Adds the variables of a configuration, whose types are not looked at: text counts as what it is
   * expected to be, and a single value as a list of one.
   *
   * @param source what it is called in messages
   */
  public VariablesReader configuration(
      ImmutableHierarchicalConfiguration configuration, String source) {
    Profile profile = ConfigurationProfile.of(configuration, source);
    for (Element variable : profile.find("/").orElseThrow().children()) {
      tree.put(variable.name(), ImmutableList.of(), Given.of(variable, false), source);
    }
    return this;
  }

  /** Returns the variables; what is wrong is among their findings. */
  public HostVariables read() {
    Optional<String> bootarg = tree.read(Variable.BOOTARG_DEFAULT);
    Optional<String> bootargs = tree.read(Variable.BOOTARGS_DEFAULT);
    if (bootarg.isPresent() && bootargs.isPresent() && !bootarg.equals(bootargs)) {
      findings.add(
          "XEN502",
          tree.place(Variable.BOOTARGS_DEFAULT),
          "bootargs",
          bootargs.get(),
          "bootarg",
          bootarg.get());
    }
    return new HostVariables(
        tree.read(Variable.BOOT_DEVICE).orElse("/dev/sda2"),
        tree.read(Variable.DOM0_ROOT_DEVICE).orElse("/dev/root"),
        tree.read(Variable.DOM0_MEM).orElse("400M"),
        tree.read(Variable.VG).orElse("vg01"),
        tree.read(Variable.GUESTS).orElse(null),
        tree.read(Variable.DB).orElse(ImmutableSortedMap.of()),
        tree.read(Variable.BOOTLOADER_DEFAULT).orElse(null),
        tree.read(Variable.BOOTLOADER).orElse(ImmutableSortedMap.of()),
        bootarg.or(() -> bootargs).orElse(""),
        tree.read(Variable.BOOTARGS).orElse(ImmutableSortedMap.of()),
        tree.read(Variable.CREATE_FILESYSTEMS).orElse(true),
        tree.read(Variable.CREATE_DOMAINS).orElse(true),
        tree.read(Variable.PROFILE_PREFIX).orElse(""),
        tree.read(Variable.INDEPENDENT_WALLCLOCK).orElse(false),
        tree.read(Variable.RAM).orElse(null),
        tree.read(Variable.VIF_BRIDGE).orElse(ImmutableSortedMap.of()),
        tree.read(Variable.NETWORK_BRIDGES).orElse(null),
        tree.read(Variable.GUESTS_MACHINE_DB).orElse(ImmutableSortedMap.of()),
        tree.sources(),
        findings.all());
  }
}
