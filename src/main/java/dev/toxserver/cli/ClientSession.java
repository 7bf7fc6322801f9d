package dev.toxserver.cli;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Engine;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.client.console.Console;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.Environment;
import dev.toxserver.config.HostPort;
import dev.toxserver.config.Logging;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.protocol.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.logging.Logger;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a {@link ClientVerticle} for one command, and leaves with its exit code. */
final class ClientSession {
  private static final int SIGHUP = 1;
  private static final int SIGTERM = 15;

  /** So long a line of ours may take to be out. */
  static final long LAST_LINE_MILLIS = 5_000;

  private final String command;
  private final ClientConfig config;
  private final Runnable logging;
  private final Terminal terminal;

  ClientSession(String command, ClientConfig config, Runnable logging, Terminal terminal) {
    this.command = command;
    this.config = config;
    this.logging = logging;
    this.terminal = terminal;
  }

  /** A session with the settings of a command that was parsed. */
  static ClientSession of(CommandSpec command, Environment environment) {
    return of(command.name(), SettingOptions.read(command, environment), environment);
  }

  /** A session for one command, with settings that were read before. */
  static ClientSession of(String command, Settings settings, Environment environment) {
    Terminal terminal = Terminal.ofProcess(environment.variables(), Environment.isTerminal(2));
    return of(command, settings, environment, terminal);
  }

  /** A session for one command, whose output goes to a terminal of the command's own. */
  static ClientSession of(
      String command, Settings settings, Environment environment, Terminal terminal) {
    terminal.notifyAfter(settings.millis(Setting.NOTIFY_AFTER));
    return new ClientSession(
        command,
        ClientConfig.from(settings, environment),
        () -> startLogging(command, settings, environment),
        terminal);
  }

  private static void startLogging(String command, Settings settings, Environment environment) {
    Logging.start(command, settings.logLevel(), environment.confFile(Logging.FILE));
    if (settings.logLevel().isDebug()) {
      Logger log = Logger.getLogger(ClientSession.class.getName());
      settings.given().forEach(log::fine);
    }
  }

  Terminal terminal() {
    return terminal;
  }

  /** Where the server is, by its host; none with a socket. */
  List<HostPort> servers() {
    return config.servers();
  }

  /** The longest silence that the user accepts, in seconds. */
  Optional<Double> timeout() {
    return config.timeout();
  }

  /** Blocks until the request has ended. */
  Outcome carryOut(Request request) {
    return carryOut(request, Optional.empty());
  }

  /**
   * Blocks until the request has ended.
   *
   * @param user what the user has to hand on to a run, if anything; it is closed before this
   *     returns
   */
  Outcome carryOut(Request request, Optional<UserInput> user) {
    try {
      return outcomeOf(new ClientVerticle(config, request, terminal, user), user);
    } finally {
      giveBack(user);
    }
  }

  /** The user's terminal is as it was found, once all that was written is out. */
  void giveBack(Optional<UserInput> user) {
    terminal.takeBack();
    if (user.isPresent()) {
      terminal.flush(LAST_LINE_MILLIS);
      user.get().close();
    }
  }

  private Outcome outcomeOf(ClientVerticle client, Optional<UserInput> user) {
    CompletableFuture<String> deployed = new CompletableFuture<>();
    // All this while Vert.x is being made; logging last, since that holds its lock for long.
    client.prepare();
    Consumer<Consumer<ClientVerticle>> onceDeployed =
        action -> deployed.thenRun(() -> action.accept(client));
    heedSignals(
        () -> onceDeployed.accept(ClientVerticle::interrupt),
        signal -> onceDeployed.accept(each -> each.terminate(signal)));
    if (user.isPresent() && user.get().console().isPresent()) {
      lend(user.get().console().get());
    }
    logging.run();
    Vertx vertx = Engine.get();
    vertx.deployVerticle(client).onComplete(deployed::complete, deployed::completeExceptionally);
    Outcome outcome = deployed.thenCompose(id -> client.outcome().toCompletionStage()).join();
    Engine.park(vertx);
    return outcome;
  }

  /** A client for one of several requests, on {@link #engine}, with what its run is handed. */
  ClientVerticle client(Request request, Optional<UserInput> user) {
    return new ClientVerticle(config, request, terminal, user);
  }

  /** The same without anything to hand on, whose run has a terminal of its own. */
  ClientVerticle client(Request request, Terminal own) {
    return new ClientVerticle(config, request, own, Optional.empty());
  }

  /** How one of several requests ended, once its client is there and gone again; never fails. */
  static Future<Outcome> outcome(Vertx vertx, Future<ClientVerticle> deployed) {
    return deployed
        .compose(client -> client.outcome().eventually(() -> vertx.undeploy(client.deploymentID())))
        .otherwise(failure -> new Outcome.Failed("tox-server: the client can't start: " + failure));
  }

  /** Waits until there is a Vert.x for {@link #client}s; logging is as the user wants it. */
  Vertx engine() {
    logging.run();
    return Engine.get();
  }

  /** Waits for the last line to be out; the exit code for the process. */
  int leave(int code) {
    terminal.flush(LAST_LINE_MILLIS);
    Optional<IOException> failure = terminal.outputClosed();
    return failure.isEmpty() ? code : leaveUnwritten(failure.get());
  }

  /** Says how a run that was followed has ended; the exit code for the process. */
  int leaveAfterRun(Outcome outcome) {
    if (outcome instanceof Outcome.Exited exited) {
      exited.exit().error().ifPresent(terminal::say);
      terminal.sayVerdict(exited.exit(), exited.usual());
      return leaveWith(exited);
    }
    return leaveWithout(outcome);
  }

  /** Says of a program why it could not be started, and nothing else; the process's exit code. */
  int leaveAfterProgram(Outcome outcome) {
    if (outcome instanceof Outcome.Exited exited) {
      exited.exit().error().ifPresent(terminal::say);
      return leaveWith(exited);
    }
    return leaveWithout(outcome);
  }

  private int leaveWith(Outcome.Exited exited) {
    int code = exited.exit().returncode();
    return exited.incomplete() && code == 0 ? leaveIncomplete() : leave(code);
  }

  /** Says that output is missing; the exit code for the process. */
  int leaveIncomplete() {
    terminal.say("Some of the run's output is missing.");
    return leave(ExitCode.INCOMPLETE.number());
  }

  /** Says why there is no answer; the exit code for the process. */
  int leaveWithout(Outcome outcome) {
    if (outcome instanceof Outcome.TimedOut timedOut) {
      terminal.say(timedOut.message());
      return leave(ExitCode.TIMED_OUT.number());
    }
    if (outcome instanceof Outcome.Interrupted) {
      terminal.sayAfterInterrupt("Command " + command + " interrupted!");
      return leave(ExitCode.INTERRUPTED.number());
    }
    if (outcome instanceof Outcome.Left left) {
      terminal.sayAfterInterrupt(
          "Left run %1$s alone: it goes on. 'tox-server attach %1$s' comes back to it."
              .formatted(left.id()));
      return leave(ExitCode.INTERRUPTED.number());
    }
    if (outcome instanceof Outcome.OutputClosed closed) {
      return leaveUnwritten(closed.failure());
    }
    if (outcome instanceof Outcome.Terminated terminated) {
      return ExitCode.SIGNALLED.number() + terminated.signal();
    }
    terminal.say(outcome.why().orElseGet(outcome::toString));
    return leave(ExitCode.ERROR.number());
  }

  /** That nobody reads any more, as in a pipe to head, is no error: who has left knows it. */
  private int leaveUnwritten(IOException failure) {
    if (Environment.isPipe(1)) {
      return ExitCode.OUTPUT_CLOSED.number();
    }
    terminal.say("standard output can't be written to: " + failure.getMessage());
    terminal.flush(LAST_LINE_MILLIS);
    return ExitCode.ERROR.number();
  }

  /**
   * Calls back, on a thread of the virtual machine's, when the user types ^C or a signal ends the
   * client.
   */
  void heedSignals(Runnable interrupt, IntConsumer terminate) {
    heedSignal("INT", interrupt);
    heedSignal("TERM", () -> terminate.accept(SIGTERM));
    heedSignal("HUP", () -> terminate.accept(SIGHUP));
  }

  /** A run is to have the user's terminal; {@link #giveBack} follows. */
  void lend(Console console) {
    terminal.lend();
    heedSignal("WINCH", console::resized);
    heedSignal("CONT", console::continued);
  }

  private void heedSignal(String name, Runnable callback) {
    Signals.on(name, callback, terminal::say);
  }
}
