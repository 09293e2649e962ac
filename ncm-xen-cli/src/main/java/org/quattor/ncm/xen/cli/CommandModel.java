package org.quattor.ncm.xen.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;

/** The commands and their options as data, for what is generated from them. */
public final class CommandModel {

  private CommandModel() {}

  /** Returns all commands. Made for looking at: executed, they print nothing. */
  public static CommandLine create() {
    ProcessEnvironment here = ProcessEnvironment.ofProcess();
    PrintWriter nothing = new PrintWriter(Writer.nullWriter());
    NcmXen command = new NcmXen(Services.xen(), Interruption.none(), here);
    return command.commandLine(
        new Session(
            Services.xen(),
            Interruption.none(),
            here,
            InputStream.nullInputStream(),
            nothing,
            nothing));
  }
}
