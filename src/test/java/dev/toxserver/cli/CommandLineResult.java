package dev.toxserver.cli;

import dev.toxserver.config.Environment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** What a command line leaves with and prints, with nothing around it but the given variables. */
record CommandLineResult(int code, String out, String err) {

  static CommandLineResult of(String... args) {
    return in(Map.of(), args);
  }

  static CommandLineResult in(Map<String, String> variables, String... args) {
    return in(Path.of("/"), variables, args);
  }

  static CommandLineResult in(Path folder, Map<String, String> variables, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        new ToxServer(new Environment(variables, folder, List.of())).commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int code = commandLine.execute(args);
    return new CommandLineResult(code, out.toString(), err.toString());
  }
}
