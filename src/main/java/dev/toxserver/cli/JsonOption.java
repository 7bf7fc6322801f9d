package dev.toxserver.cli;

import dev.toxserver.client.EventLines;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.config.StandardStream;
import dev.toxserver.config.When;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --json} before the word, for those commands whose arguments are a program's. */
final class JsonOption {
  static final String FLAG = JsonLine.FLAG;

  private JsonOption() {}

  static void add(CommandSpec root) {
    root.addOption(
        OptionSpec.builder(FLAG)
            .type(boolean.class)
            .description(
                "With run, exec and rerun: each event of the run is a line of JSON on standard output"
                    + " (docs/events.md). With watch: one line of JSON a run on standard output;"
                    + " tox's own goes to standard error.")
            .build());
  }

  /** Whether it was given to a command that was parsed. */
  static boolean isGiven(CommandSpec command) {
    return RunOptions.isGiven(command, FLAG);
  }

  /** From now on, a run is told by its events. */
  static void tellEvents(Terminal terminal) {
    terminal.tellEvents(new EventLines(StandardStream.out(), JsonLine::of));
  }

  /**
   * Whether a run has a terminal over there: only if it is asked for where nobody sees its screen,
   * but a program its events, or anybody its digest.
   */
  static When terminal(Settings settings, boolean unseen) {
    When wanted = settings.when(Setting.TTY);
    return unseen && wanted == When.AUTO ? When.NEVER : wanted;
  }
}
