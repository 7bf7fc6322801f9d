package dev.toxserver.client;

import dev.toxserver.link.Link;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.Stream;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Takes in a run's events, over one connection or several: each is shown once, in its order. */
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
  private boolean ended;
  private boolean incomplete;

  /**
   * A reader that has read nothing.
   *
   * @param from the first event that must come; without it, whichever comes first
   * @param follows whether how the run ends is of interest, and not only what it has printed
   * @param queueNotice is told of the run's place while it waits
   * @param link is paused while the terminal takes no more
   * @param onContext runs what comes from the terminal's threads
   * @param onEnd takes what came of it, once; the last output may not be written yet
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

  /** The next event that is wanted, if that is known. */
  Optional<Long> nextSeq() {
    return nextSeq;
  }

  /** Tells which event comes first; what is known already is not changed by it. */
  void startAt(long seq) {
    nextSeq = nextSeq.or(() -> Optional.of(seq));
  }

  boolean hasEnded() {
    return ended;
  }

  /**
   * Takes in the next event.
   *
   * @throws MalformedException if it is another than the next
   */
  void read(RunEvent event) {
    if (event instanceof RunEvent.Sequenced sequenced) {
      inOrder(sequenced.seq());
      place(sequenced);
    }
    if (event instanceof RunEvent.Output output) {
      show(output.stream(), output.data());
    } else if (event instanceof RunEvent.Hole hole) {
      passOver(hole);
    } else if (event instanceof RunEvent.Notice notice) {
      terminal.say("tox-server: " + notice.message());
    } else if (event instanceof RunEvent.Exit exit) {
      end(new Outcome.Exited(exit, incomplete));
    } else if (event instanceof RunEvent.Lost) {
      end(follows ? unknown(DIED) : new Outcome.Failed(DIED + LAST_MAY_BE_MISSING));
    } else if (event instanceof RunEvent.End) {
      end(follows ? unknown("the server tells no more of it") : new Outcome.Shown(incomplete));
    }
  }

  /** The outcome of a run that nobody can tell of. */
  static Outcome.Failed unknown(String why) {
    return new Outcome.Failed("the run's result is unknown: " + why);
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
      queueNotice.moved(queued);
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

  /** A slow terminal or pager slows the run, as it would locally. */
  private void show(Stream stream, byte[] data) {
    terminal.output(stream, data);
    if (terminal.isFull(stream)) {
      link.pause();
      terminal.onDrained(stream, () -> onContext.execute(link::resume));
    }
  }

  private void end(Outcome how) {
    ended = true;
    onEnd.accept(how);
  }
}
