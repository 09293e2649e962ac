package org.quattor.ncm.xen.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ncm-xen completion}. */
@Command(
    name = "completion",
    description = {
      "Print the completion script of a shell.",
      "",
      "It completes commands, options, files, and the names of the guests in the profile. The"
          + " packages install it."
    },
    footer = {
      "",
      "Examples:",
      "  . <(ncm-xen completion bash)",
      "  ncm-xen completion zsh > ~/.zfunc/_ncm-xen"
    })
final class CompletionCommand implements Callable<Integer> {

  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "bash|zsh",
      description = "The shell that reads the script.")
  private @Nullable String shell;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  private final Session session;

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.run(output, false, this::print);
  }

  private Exit print(Console console) {
    console.answer(script());
    return Exit.DONE;
  }

  private String script() {
    if (shell != null && shell.equals("bash")) {
      return CompletionScript.bash(command.root().commandLine());
    }
    if (shell != null && shell.equals("zsh")) {
      return CompletionScript.zsh(command.root().commandLine());
    }
    throw new Failure(
        Exit.USAGE,
        "completion takes the shell, bash or zsh" + (shell == null ? "" : ", not '" + shell + "'"));
  }
}
