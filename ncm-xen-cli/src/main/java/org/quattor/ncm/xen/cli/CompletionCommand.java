package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ncm-xen completion}. */
final class CompletionCommand extends Command {

  private final OutputOptions output = new OutputOptions(this, false);

  private final PositionalParamSpec shell =
      add(
          Declare.argument()
              .paramLabel("bash|zsh")
              .converters(new Choice<>("completion", ImmutableMap.of("bash", "bash", "zsh", "zsh")))
              .description("The shell that reads the script.")
              .build());

  CompletionCommand(Session session) {
    super("completion", session);
    describe(
        "Print the completion script of a shell.",
        "",
        "The script completes commands, options, files, and the names of the guests in the profile."
            + " The packages install it.");
    examples(". <(ncm-xen completion bash)", "ncm-xen completion zsh > ~/.zfunc/_ncm-xen");
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
    CommandLine commands = spec().root().commandLine();
    if (wanted != null) {
      return wanted.equals("bash")
          ? CompletionScript.bash(commands)
          : CompletionScript.zsh(commands);
    }
    throw new Failure(Exit.USAGE, "completion needs the shell; expected bash or zsh");
  }
}
