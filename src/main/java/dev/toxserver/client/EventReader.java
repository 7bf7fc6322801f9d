package dev.toxserver.client;

import dev.toxserver.link.Link;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.Stream;
import dev.toxserver.protocol.Usual;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Takes in a run's events, which may come over several connections, and shows each once and in
 * order.
 */
final class EventReader {
  private static final String DIED = "the server died during the run";
  private static final String LAST_MAY_BE_MISSING = "; the last of its output may be missing";
  private static final String TOO_LONG = "the server keeps only the last part of a long one";

  private final boolean follows;
  private final Terminal terminal;
  private final QueueNotice queueNotice;
  private final Link link;
  private final Executor onContext;
  private final Consumer<Outcome> onEnd;

  private Optional<Long> nextSeq;

  /** The event that had yet to happen when the server found the run. */
  private long firstNew;

  private boolean incomplete;
  private Optional<Usual> usual = Optional.empty();
  private Optional<RunResults> results = Optional.empty();

  /**
   * Has read nothing yet.
   *
   * @param from the event that must come first; if empty, any may
   * @param follows whether the user wants to know how the run ends, and not only what it printed
   * @param queueNotice is told the run's place in the queue
   * @param link is paused while the terminal takes no more
   * @param onContext runs on the client's context what comes from the terminal's threads
   * @param onEnd takes how the run ended, once; the last output may not be written yet
   */
  EventReader(
      Optional<Long> from,
      boolean follows,
      Terminal terminal,
      QueueNotice queueNotice,
      Link link,
      Executor onContext,
      Consumer<Outcome> onEnd) {
    this.nextSeq = from;
    this.follows = follows;
    this.terminal = terminal;
    this.queueNotice = queueNotice;
    this.link = link;
    this.onContext = onContext;
    this.onEnd = onEnd;
  }

  /** The number of the next event, if it is known. */
  Optional<Long> nextSeq() {
    return nextSeq;
  }

  /** The server has found the run; this event is the next, unless one has come already. */
  void attached(Reply.Attached run, JsonObject answer) {
    startAt(run.from());
    firstNew = run.next();
    terminal.found(run.state());
    terminal.events().ifPresent(lines -> lines.attached(answer));
  }

  /** The server has taken the run on, and says how long such a run usually takes. */
  void accepted(Optional<Usual> time, JsonObject answer) {
    usual = time;
    terminal.events().ifPresent(lines -> lines.accepted(answer));
  }

  /**
   * Takes in the next event.
   *
   * @param sent as the server has sent it; if that is not at hand, it is as {@link RunEventJson}
   *     has it
   * @throws MalformedException if it is not the next one
   */
  void read(RunEvent event, Optional<JsonObject> sent) {
    if (event instanceof RunEvent.Sequenced sequenced) {
      inOrder(sequenced.seq());
      place(sequenced);
    }
    if (terminal.events().isPresent()) {
      terminal.events().get().event(sent.orElseGet(() -> RunEventJson.encode(event)));
    }
    if (event instanceof RunEvent.Output output) {
      show(output.stream(), output.data());
    } else if (event instanceof RunEvent.Started started) {
      terminal.started(started);
    } else if (event instanceof RunEvent.Hole hole) {
      passOver(hole);
    } else if (event instanceof RunEvent.Heartbeat heartbeat) {
      heartbeat.place().ifPresent(queueNotice::moved);
    } else if (event instanceof RunEvent.Notice notice) {
      terminal.say("tox-server: " + notice.message());
    } else if (event instanceof RunEvent.Exit exit) {
      onEnd.accept(new Outcome.Exited(exit, incomplete, usual, results));
    } else if (event instanceof RunEvent.Lost) {
      onEnd.accept(follows ? unknown(DIED) : new Outcome.Failed(DIED + LAST_MAY_BE_MISSING));
    } else if (event instanceof RunEvent.End) {
      onEnd.accept(
          follows ? unknown("the server tells no more of it") : new Outcome.Shown(incomplete));
    } else if (event instanceof RunEvent.KeysAwaited awaited) {
      notifyUnlessItHasGoneOn(awaited);
    } else if (event instanceof RunEvent.Results told) {
      results = Optional.of(told.results());
    }
  }

  /** The outcome of a run whose end nobody can tell. */
  static Outcome.Failed unknown(String why) {
    return new Outcome.Failed("the run's result is unknown: " + why);
  }

  /** Of what has been, only the last tells how it is now. */
  private void notifyUnlessItHasGoneOn(RunEvent.KeysAwaited awaited) {
    if (awaited.seq() >= firstNew - 1) {
      terminal.notifyOfAwaitedKeys();
    }
  }

  private void startAt(long seq) {
    nextSeq = nextSeq.or(() -> Optional.of(seq));
  }

  private void inOrder(long seq) {
    startAt(seq);
    long expected = nextSeq.orElseThrow();
    if (seq != expected) {
      throw new MalformedException(
          "seq", "event %d of the run is missing, %d came".formatted(expected, seq));
    }
    nextSeq = Optional.of(seq + 1);
  }

  private void place(RunEvent.Sequenced event) {
    if (event instanceof RunEvent.Queued queued) {
      queueNotice.moved(queued.place());
    } else {
      queueNotice.end();
    }
  }

  private void passOver(RunEvent.Hole hole) {
    if (nextSeq.isPresent() && hole.to() < nextSeq.orElseThrow()) {
      throw new MalformedException("to", "event " + hole.to() + " of the run was there already");
    }
    nextSeq = Optional.of(hole.to());
    incomplete |= hole.reason().isPresent();
    terminal.say("tox-server: some output is missing here: " + hole.reason().orElse(TOO_LONG));
  }

  /** A terminal or pager that is slow slows the run down, as it would without a server. */
  private void show(Stream stream, byte[] data) {
    terminal.output(stream, data);
    if (terminal.isFull(stream)) {
      link.pause();
      terminal.onDrained(stream, () -> onContext.execute(link::resume));
    }
  }
}
