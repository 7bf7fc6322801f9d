package dev.toxserver.client;

import dev.toxserver.client.console.Console;
import dev.toxserver.client.console.Escapes;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.link.Link;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TerminalSize;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The user's hands on a run: what they type or pipe into the client goes to the program, once the
 * run has started and while it is this client's; if it has a terminal, the user's is raw meanwhile,
 * and its size is told. Made only for a run that may have either. All calls are on the client's
 * context.
 */
final class Keyboard {
  private static final byte[] END_OF_TRANSMISSION = {4};
  private static final String RESIZE_REPLY = "resize-reply";
  private static final String HELP =
      """
      At the start of a line:
        ~.   leave, whatever the connection and the program do; a run of ours is cancelled
        ~^Z  suspend tox-server; fg goes on
        ~~   a ~ for the program
        ~?   this""";

  private final UserInput user;
  private final Link link;
  private final Terminal terminal;
  private final Executor onContext;
  private final Runnable onLeave;
  private final Escapes escapes;
  private final InputFlow flow;

  /** The run, while it is this client's and there is a connection. */
  private Optional<RunId> held = Optional.empty();

  private Optional<TerminalSize> size;
  private boolean started;
  private boolean inTerminal;
  private boolean reading;

  /** Whether the answer to a size tells that the program runs in a terminal, or in pipes. */
  private boolean sizeTells;

  private boolean over;
  private boolean taken;
  private boolean away;

  /**
   * Reads nothing before the run has started.
   *
   * @param request a run, whose terminal has the size that it was asked for with; or an attach that
   *     takes one
   * @param onContext runs on the client's context what comes from other threads
   * @param onLeave is called when the user wants to leave by {@code ~.}
   */
  Keyboard(
      UserInput user,
      Vertx vertx,
      Request request,
      Link link,
      Terminal terminal,
      Executor onContext,
      Runnable onLeave) {
    this.user = user;
    this.link = link;
    this.terminal = terminal;
    this.onContext = onContext;
    this.onLeave = onLeave;
    boolean takesOver = request instanceof Request.Attach;
    boolean exec = request instanceof Request.Run run && run.invocation().exec();
    escapes = new Escapes(!exec, this::fulfil);
    flow = new InputFlow(vertx, link, !takesOver, this::read, this::refused);
    size = takesOver ? user.console().map(Console::sizeAtFirst) : Optional.empty();
    user.console()
        .ifPresent(console -> console.onResize(now -> onContext.execute(() -> resized(now))));
  }

  /**
   * The run is this client's, over the connection that there is.
   *
   * @param underWay whether the program runs and its start is not told any more
   */
  void hold(RunId run, boolean underWay) {
    held = Optional.of(run);
    sizeTells = underWay && !started;
    sendSize();
    begin();
  }

  /** The program runs, in a terminal or in pipes. */
  void started(boolean terminalOverThere) {
    started = true;
    inTerminal = terminalOverThere;
    begin();
  }

  /** The connection was lost; what is typed is kept for the next one. */
  void interrupt() {
    held = Optional.empty();
    flow.interrupt();
  }

  /** The connection has been away for so long that the user is told: {@code ^C} works meanwhile. */
  void away() {
    away = true;
    user.console().ifPresent(Console::restore);
  }

  /** The connection is back. */
  void back() {
    away = false;
    if (reading && inTerminal && !over) {
      user.console().ifPresent(this::makeRaw);
    }
  }

  /**
   * A terminal that is not raw yet would add a carriage return to each of the program's newlines.
   */
  private void makeRaw(Console console) {
    console.makeRaw();
    terminal.beforeMore(console::settle);
  }

  /** The run has ended: what it has not taken is for the next one. */
  void end() {
    over = true;
    byte[] untaken = flow.close();
    if (taken) {
      user.take();
    } else {
      user.giveBack(untaken);
    }
    away();
  }

  /** The run is another client's now: what was typed for it is for nobody. */
  void taken() {
    taken = true;
    end();
  }

  /**
   * Takes in a frame if it is an answer to something that was sent here.
   *
   * @throws MalformedException if it breaks the protocol
   */
  boolean takes(JsonObject frame) {
    String address = frame.getString("address", "");
    if (address.equals(InputFlow.REPLY)) {
      flow.answered(frame);
    } else if (address.equals(RESIZE_REPLY) && sizeTells) {
      sizeTells = false;
      started(!"err".equals(frame.getValue("type")));
    }
    return address.equals(InputFlow.REPLY) || address.equals(RESIZE_REPLY);
  }

  private void begin() {
    if (held.isEmpty() || !started || over || !user.isFor(inTerminal)) {
      return;
    }
    if (!reading) {
      reading = true;
      user.read(() -> onContext.execute(this::typed), () -> onContext.execute(this::endOfInput));
      back();
      read();
    }
    flow.open(held.orElseThrow());
  }

  /** Asks for a piece, if there is room for it. */
  private void read() {
    if (reading && !over && !flow.isFull()) {
      user.more();
    }
  }

  /** What comes when the run is over stays where it is, for the next one. */
  private void typed() {
    terminal.keyCame();
    if (!over) {
      pass(user.take());
    }
  }

  private void pass(byte[] piece) {
    byte[] programs = isTyped() ? escapes.pass(piece) : piece;
    if (programs.length > 0) {
      flow.add(programs);
    }
    read();
  }

  /**
   * The keys of a terminal that is not raw meanwhile end with a {@code ^D}, which the program is to
   * get; those of a raw one only when its window was closed: then the client is hung up.
   */
  private void endOfInput() {
    if (!isTyped()) {
      flow.end();
    } else if (away) {
      pass(END_OF_TRANSMISSION);
    }
  }

  private boolean isTyped() {
    return inTerminal && user.console().isPresent();
  }

  private void fulfil(Escapes.Wish wish) {
    switch (wish) {
      case LEAVE -> onLeave.run();
      case HELP -> terminal.say(HELP);
      case SUSPEND -> user.console().ifPresent(Console::suspend);
    }
  }

  private void refused(String message) {
    end();
    terminal.say("tox-server: nothing more is handed on to the run: " + message);
  }

  private void resized(TerminalSize now) {
    size = Optional.of(now);
    sendSize();
  }

  /** Sent once for each size, but again over another connection: who knows whether it arrived. */
  private void sendSize() {
    if (held.isPresent() && size.isPresent()) {
      Request resize = new Request.Resize(held.orElseThrow(), size.orElseThrow());
      link.send(Frames.send(resize, RESIZE_REPLY));
    }
  }
}
