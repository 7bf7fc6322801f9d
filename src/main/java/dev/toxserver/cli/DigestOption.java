package dev.toxserver.cli;

import dev.toxserver.agent.Digest;
import dev.toxserver.agent.QuietTerminal;
import dev.toxserver.client.Outcome;
import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --digest}: what a run came to is printed in place of its output. Loaded only where it was
 * given.
 */
final class DigestOption {
  static final String FLAG = "--digest";

  private DigestOption() {}

  /** Adds it before the word, for those commands whose arguments are a program's. */
  static void add(CommandSpec root) {
    add(root, "With run, exec, rerun and matrix: ");
  }

  /** Adds it to a command of its own options. */
  static void addTo(CommandSpec command) {
    add(command, "");
  }

  private static void add(CommandSpec command, String commands) {
    command.addOption(
        OptionSpec.builder(FLAG)
            .type(boolean.class)
            .description(
                commands
                    + "print what the run came to in place of its output, in at most 300 bytes if it has"
                    + " passed, else in 4 KB (docs/agents.md).")
            .build());
  }

  /**
   * A session that shows nothing of a run.
   *
   * @param json whether its events are wanted, too
   * @throws InvalidSettingException then
   */
  static ClientSession session(
      String command, Settings settings, Environment environment, boolean json) {
    if (json) {
      throw new InvalidSettingException(
          "--digest and --json: standard output has one of them; leave out the other");
    }
    return ClientSession.of(
        command, settings, environment, new QuietTerminal(Environment.isTerminal(2)));
  }

  /**
   * A matrix that shows nothing of its runs.
   *
   * @throws InvalidSettingException if their output is wanted all the same
   */
  static MatrixDialogue matrix(
      ClientSession session, Settings settings, Environment environment, MatrixChoices choices) {
    if (choices.live() || settings.optionalText(Setting.PROBLEMS).isPresent()) {
      throw new InvalidSettingException(
          "--digest shows no output of a matrix; leave out --live and --problems");
    }
    return MatrixDialogue.digested(
        session, environment, choices, OutputPaths.project(settings, environment));
  }

  /**
   * Prints the digest of a run of such a session; nothing where the user has left it, or the server
   * has not taken it on. Blocks.
   */
  static void print(
      Outcome outcome, ClientSession session, Settings settings, Environment environment) {
    QuietTerminal terminal = (QuietTerminal) session.terminal();
    boolean isTold =
        outcome instanceof Outcome.Exited
            || outcome instanceof Outcome.Shown
            || outcome.why().isPresent();
    if (isTold && terminal.run().isPresent()) {
      terminal.print(
          Digest.of(
                  terminal.run().get(),
                  outcome,
                  terminal.output(),
                  OutputPaths.project(settings, environment))
              .stripTrailing());
    }
  }
}
