package dev.toxserver.cli;

import dev.toxserver.config.Environment;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The words behind {@code watch --matrix}: they mean what they mean behind {@code matrix}. */
final class MatrixWords {
  private MatrixWords() {}

  /**
   * The matrix that is wanted, as if the word matrix had stood in the place of watch.
   *
   * @param watch the command that was parsed
   * @throws picocli.CommandLine.ParameterException if the words are none of a matrix
   */
  static CommandSpec parse(CommandSpec watch, Environment environment) {
    List<String> words = WordsArgument.of(watch);
    List<String> args = new ArrayList<>(watch.commandLine().getParseResult().originalArgs());
    List<String> before = args.subList(0, args.size() - words.size());
    before.removeIf(WatchOptions.MATRIX::equals);
    before.set(before.size() - 1, MatrixCommand.NAME);
    String[] all = args.toArray(String[]::new);
    CommandLine root = new ToxServer(environment).commandLine(all);
    root.setErr(watch.commandLine().getErr());
    return root.parseArgs(all).subcommand().commandSpec();
  }
}
