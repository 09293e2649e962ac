package org.quattor.ncm.xen.cli;

import com.google.common.collect.ImmutableMap;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import picocli.CommandLine;

/** The commands and their options as data, for what is generated from them. */
public final class CommandModel {

  private CommandModel() {}

  /** Returns all commands. Made for looking at: executed, they print nothing. */
  public static CommandLine create() {
    Surroundings nowhere = new Surroundings(ImmutableMap.of(), false, false, false, Path.of("/"));
    PrintWriter nothing = new PrintWriter(Writer.nullWriter());
    NcmXen command = new NcmXen(Engine.xen(), Interruption.none(), nowhere);
    return command.commandLine(
        new Session(
            Engine.xen(),
            Interruption.none(),
            nowhere,
            InputStream.nullInputStream(),
            nothing,
            nothing));
  }
}
