package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.client.console.Console;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.config.When;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.protocol.UserSide;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a run is to have of the user's side.
 *
 * @param told what the server is told of it
 * @param input what is handed on to the run while it goes on, if anything
 */
record LocalSide(UserSide told, Optional<UserInput> input) {

  /**
   * Looks for a terminal, unless none is wanted, and for variables; may block for some 10 ms.
   *
   * @param terminal is told what does not work as it was asked for
   * @throws InvalidSettingException if the options are wrong
   */
  static LocalSide of(
      CommandSpec command, Settings settings, Environment environment, Terminal terminal) {
    boolean detached = DetachOption.isGiven(command);
    boolean stdin = StdinOption.isGiven(command);
    if (detached && stdin) {
      throw new InvalidSettingException(
          "--detach and --stdin: who leaves a run alone hands nothing on to it; give one of them");
    }
    boolean retried = RunOptions.isGiven(command, RetryLostOption.FLAG);
    if (retried && (stdin || settings.when(Setting.TTY) == When.ALWAYS)) {
      throw new InvalidSettingException(
          "--retry-lost: what was typed into a run is gone when it begins anew; leave out --stdin and"
              + " --tty");
    }
    boolean detachedLoop = detached && UntilFailOption.of(command).isPresent();
    boolean unseen = JsonOption.isGiven(command) || RunOptions.isGiven(command, DigestOption.FLAG);
    boolean keyless = retried || detached && !detachedLoop;
    When wanted = keyless ? When.NEVER : JsonOption.terminal(settings, unseen);
    Optional<Console> console = detached ? Optional.empty() : console(wanted, terminal);
    // The debugger of a loop waits for whoever attaches.
    boolean terminalThere =
        wanted == When.ALWAYS || console.isPresent() || detachedLoop && has(wanted);
    boolean colours = !terminalThere && !unseen && Environment.isTerminal(1);
    return new LocalSide(
        new UserSide(
            terminalThere ? Optional.of(request(console, environment)) : Optional.empty(),
            stdin,
            Optional.of(EnvOptions.read(command, environment, colours, terminal))),
        stdin || console.isPresent()
            ? Optional.of(new UserInput(console, stdin))
            : Optional.empty());
  }

  /**
   * The user's terminal: if all three streams are, as long as nobody says otherwise, since in a
   * pipe a terminal over there would add colours and carriage returns, and mix stderr into stdout.
   */
  static Optional<Console> console(When wanted, Terminal terminal) {
    if (!has(wanted) || !Console.isInForeground()) {
      return Optional.empty();
    }
    Optional<Console> console = Console.open();
    if (console.isEmpty()) {
      terminal.say(
          "tox-server: the run gets no terminal and no keyboard, since stty does not work here;"
              + " --no-tty leaves this line out");
    }
    return console;
  }

  private static boolean has(When wanted) {
    return wanted != When.NEVER
        && Environment.isTerminal(0)
        && (wanted == When.ALWAYS || Environment.isTerminal(1) && Environment.isTerminal(2));
  }

  private static TerminalRequest request(Optional<Console> console, Environment environment) {
    String term = environment.variables().getOrDefault("TERM", "");
    return Console.request(console, term);
  }
}
