package org.quattor.ncm.xen.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.quattor.ncm.xen.cli.CommandModel;
import org.quattor.ncm.xen.cli.CompletionScript;
import picocli.CommandLine;

/** Writes the files of the packages that are made from the commands. */
public final class GeneratedFiles {

  private GeneratedFiles() {}

  /**
   * Called by the build.
   *
   * @param args the folder to write to, the version, the version as the deb has it, the
   *     maintainers, and the time of the build in the form of ISO 8601
   * @throws IOException when a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    write(folder, args[1]);
    String changelog = debianChangelog(args[1], args[2], OffsetDateTime.parse(args[3]));
    Files.write(folder.resolve("changelog.gz"), Gzip.of(changelog.getBytes(UTF_8)));
  }

  static void write(Path folder, String version) throws IOException {
    CommandLine command = CommandModel.create();
    Path manuals = Files.createDirectories(folder.resolve("man"));
    manual(manuals, command, version);
    for (CommandLine subcommand : ManualPage.shown(command.getCommandSpec())) {
      manual(manuals, subcommand, version);
    }
    Path completions = Files.createDirectories(folder.resolve("completion"));
    Files.writeString(completions.resolve("bash"), CompletionScript.bash(command));
    Files.writeString(completions.resolve("zsh"), CompletionScript.zsh(command));
  }

  private static void manual(Path folder, CommandLine command, String version) throws IOException {
    String name = ManualPage.name(command.getCommandSpec()) + "." + ManualPage.SECTION + ".gz";
    Files.write(folder.resolve(name), Gzip.of(ManualPage.of(command, version).getBytes(UTF_8)));
  }

  // deb-changelog(5). What changed is told once, in CHANGELOG.md.
  private static String debianChangelog(String version, String maintainers, OffsetDateTime time) {
    return """
    ncm-xen (%s) unstable; urgency=medium

      * What has changed is in CHANGELOG.md beside this file.

     -- %s  %s
    """
        .formatted(
            // As jdeb has it; a tilde sorts before the release.
            version.replace("-SNAPSHOT", "~snapshot"),
            maintainers,
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ROOT).format(time));
  }
}
