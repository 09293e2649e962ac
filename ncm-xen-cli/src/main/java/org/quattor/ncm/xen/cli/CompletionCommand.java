package org.quattor.ncm.xen.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ncm-xen completion}. */
final class CompletionCommand implements Callable<Integer> {

  private final OutputOptions output = new OutputOptions();

  private final PositionalParamSpec shell =
      Declare.argument()
          .paramLabel("bash|zsh")
          .description("The shell that reads the script.")
          .build();

  private final Session session;

  CompletionCommand(Session session) {
    this.session = session;
  }

  /** Returns the command as picocli is to know it. */
  CommandSpec spec() {
    CommandSpec spec = Declare.command("completion", this);
    output.addTo(spec);
    spec.addPositional(shell);
    spec.usageMessage()
        .description(
            "Print the completion script of a shell.",
            "",
            "It completes commands, options, files, and the names of the guests in the profile. The"
                + " packages install it.")
        .footer(
            "",
            "Examples:",
            "  . <(ncm-xen completion bash)",
            "  ncm-xen completion zsh > ~/.zfunc/_ncm-xen");
    return spec;
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
    String wanted = shell.getValue();
    if (wanted != null && wanted.equals("bash")) {
      return CompletionScript.bash(shell.command().root().commandLine());
    }
    if (wanted != null && wanted.equals("zsh")) {
      return CompletionScript.zsh(shell.command().root().commandLine());
    }
    throw new Failure(
        Exit.USAGE,
        "completion takes the shell, bash or zsh"
            + (wanted == null ? "" : ", not '" + wanted + "'"));
  }
}
