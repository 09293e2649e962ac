package org.quattor.ncm.xen.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quattor.ncm.xen.cli.CommandModel;
import org.quattor.ncm.xen.cli.CompletionScript;
import picocli.CommandLine;

/** Writes the files of the packages that are made from the commands. */
public final class GeneratedFiles {

  private GeneratedFiles() {}

  /**
   * Called by the build.
   *
   * @param args the folder to write to, the version, and the changelog
   * @throws IOException when a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), args[1], Path.of(args[2]));
  }

  static void write(Path folder, String version, Path changelog) throws IOException {
    CommandLine command = CommandModel.create();
    Path manuals = Files.createDirectories(folder.resolve("man"));
    manual(manuals, command, version);
    for (CommandLine subcommand : ManualPage.shown(command.getCommandSpec())) {
      manual(manuals, subcommand, version);
    }
    Path completions = Files.createDirectories(folder.resolve("completion"));
    Files.writeString(completions.resolve("bash"), CompletionScript.bash(command));
    Files.writeString(completions.resolve("zsh"), CompletionScript.zsh(command));
    Files.write(folder.resolve("changelog.gz"), Gzip.of(Files.readAllBytes(changelog)));
  }

  private static void manual(Path folder, CommandLine command, String version) throws IOException {
    String name = ManualPage.name(command.getCommandSpec()) + "." + ManualPage.SECTION + ".gz";
    Files.write(folder.resolve(name), Gzip.of(ManualPage.of(command, version).getBytes(UTF_8)));
  }
}
