package dev.toxserver.client;

import dev.toxserver.client.State.Event;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.link.Link;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.Request;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One request, from the first attempt to connect until its outcome is known: a state machine.
 * {@link State} is its table, and each method here does what is to be done on one event. All of
 * them are called on the client's context.
 */
final class Exchange implements Link.Listener {
  private static final String CANCEL_REPLY = "cancel-reply";

  /** How long a client that has to go waits for the answer to its cancel. */
  private static final long GOODBYE_MILLIS = 1_000;

  private final Vertx vertx;
  private final ClientConfig config;
  private final Request request;
  private final Terminal terminal;
  private final Link link;
  private final Executor onContext;
  private final Promise<Outcome> outcome;
  private final Optional<Keyboard> keyboard;
  private final Call call;

  private State state = State.CONNECTING;
  private Outcome leaving;

  /**
   * Does nothing before {@link #start}.
   *
   * @param user what the user has to hand on to a run, if anything
   * @param onContext runs on the client's context what comes from the terminal's threads
   * @param outcome is completed once, when all output is written
   */
  Exchange(
      Vertx vertx,
      ClientConfig config,
      Request request,
      Terminal terminal,
      Optional<UserInput> user,
      Link link,
      Executor onContext,
      Promise<Outcome> outcome) {
    this.vertx = vertx;
    this.config = config;
    this.request = request;
    this.terminal = terminal;
    this.link = link;
    this.onContext = onContext;
    this.outcome = outcome;
    Runnable leave = () -> leave(new Outcome.Interrupted());
    keyboard =
        user.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Keyboard(user.get(), vertx, request, link, terminal, onContext, leave));
    call = new Call(vertx, request, link, terminal, keyboard, onContext, this::runEnded);
  }

  State state() {
    return state;
  }

  boolean looksOn() {
    return call.looksOn();
  }

  void start() {
    link.start(this);
  }

  @Override
  public void connected() {
    state = state.after(Event.CONNECTED);
    terminal.asked();
    call.ask();
    if (state == State.CANCELLING) {
      sendCancel();
    }
  }

  @Override
  public void lost(String reason) {
    keyboard.ifPresent(Keyboard::interrupt);
    State next = state.after(Event.LOST);
    if (next == State.CONNECTING) {
      // Whatever stands before the server, as a container engine's proxy, may have accepted for it.
      state = next;
      link.connect();
    } else if (next != State.ENDED && call.outlivesConnection()) {
      state = next;
      link.reconnect();
    } else {
      end(call.withoutResult(Wording.lost(reached(), reason)));
    }
  }

  @Override
  public void output(OutputFrame frame) {
    state = state.after(Event.HEARD);
    if (state.takesIn()) {
      try {
        call.output(frame);
      } catch (MalformedException e) {
        broken(e);
      }
    }
  }

  @Override
  public void frame(JsonObject frame) {
    state = state.after(Event.HEARD);
    try {
      if (frame.getString("address", "").equals(CANCEL_REPLY)) {
        cancelAnswered(frame);
      } else if (state.takesIn() && !(keyboard.isPresent() && keyboard.get().takes(frame))) {
        call.read(frame, state == State.CANCELLING).ifPresent(this::end);
      }
    } catch (MalformedException | ClassCastException e) {
      broken(e);
    }
  }

  /** The user has typed ^C: the first time the server is asked to cancel, if it can be. */
  void interrupt() {
    cancel(true);
  }

  /** The same without a word: the user wants another run now. */
  void cancel() {
    cancel(false);
  }

  private void cancel(boolean aloud) {
    State next = state.after(Event.INTERRUPT);
    if (next == State.ENDED) {
      end(new Outcome.Interrupted());
    } else if (call.cancel().isEmpty()) {
      end(state == State.WRITING ? new Outcome.Interrupted() : call.left());
    } else {
      if (aloud) {
        terminal.sayAfterInterrupt(Wording.cancelling(request.command()));
      }
      state = next;
      sendCancel();
    }
  }

  /**
   * The client has to go, and ends with this outcome. If a run ends with it, it cancels that first:
   * the server would keep it for a client that may come back.
   */
  void leave(Outcome how) {
    State next = state.after(Event.LEAVE);
    if (next == State.ENDED || !call.endsWithClient()) {
      end(how);
      return;
    }
    state = next;
    leaving = how;
    sendCancel();
    // A socket that is closed before the answer came may drop the cancel. The answer comes behind
    // output that is on the way, and nothing is read while the terminal is full.
    link.resume();
    vertx.setTimer(GOODBYE_MILLIS, timer -> end(how));
  }

  @Override
  public void timedOut() {
    abandon(new Outcome.TimedOut(Wording.timedOut(config, request.command())));
  }

  @Override
  public void unreachable(String why) {
    end(new Outcome.Failed(why));
  }

  @Override
  public void givenUp(String reason) {
    end(call.withoutResult(Wording.notReachedAgain(config, reason)));
  }

  @Override
  public void waiting(String reason) {
    terminal.sayWaiting(config.address(), reason);
  }

  @Override
  public void away(String reason) {
    keyboard.ifPresent(Keyboard::away);
    terminal.say(Wording.reconnecting(reached(), reason));
  }

  @Override
  public void back() {
    terminal.say(Wording.connectedAgain(link.oneOfSeveral()));
    keyboard.ifPresent(Keyboard::back);
  }

  private String reached() {
    return link.oneOfSeveral().orElseGet(config::address);
  }

  private void runEnded(Outcome how) {
    state = state.after(Event.RUN_ENDED);
    link.close();
    terminal.flushed().thenRun(() -> onContext.execute(() -> end(how)));
  }

  private void sendCancel() {
    call.cancel().ifPresent(cancel -> link.send(Frames.send(cancel, CANCEL_REPLY)));
  }

  private void cancelAnswered(JsonObject frame) {
    if (state == State.LEAVING) {
      end(leaving);
    } else {
      Wording.cancelRefused(frame).ifPresent(terminal::say);
    }
  }

  private void broken(RuntimeException e) {
    abandon(new Outcome.Failed("the server broke the protocol: " + e.getMessage()));
  }

  /** Ends though the run may go on: the server is asked to cancel it, and not waited for. */
  private void abandon(Outcome how) {
    if (call.endsWithClient() && (state == State.ASKED || state == State.TALKING)) {
      sendCancel();
    }
    end(how);
  }

  private void end(Outcome how) {
    if (state != State.ENDED) {
      outcome.complete(state == State.LEAVING ? leaving : how);
      state = State.ENDED;
      call.end();
      link.close();
    }
  }
}
