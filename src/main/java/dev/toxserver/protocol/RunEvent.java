package dev.toxserver.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is published on a run's output address. {@link RunEventJson} knows how each looks.
 *
 * <p>Those that belong to the run carry {@code seq}: 0, 1, 2… without a hole. The others are the
 * server's own word to its readers.
 */
public sealed interface RunEvent {

  /** An event that has its place in the run's sequence. */
  sealed interface Sequenced extends RunEvent {
    /** The event's place, from 0. */
    long seq();
  }

  /**
   * The run waits for its turn; published again when its place has changed.
   *
   * @param position 1 for the next to start
   * @param behind the run before it, if the server tells
   */
  record Queued(long seq, int position, Optional<Predecessor> behind) implements Sequenced {
    /** Where it is. */
    public Place place() {
      return new Place(position, behind);
    }
  }

  /**
   * A place in the queue.
   *
   * @param position 1 for the next to start
   * @param behind the run before it, if the server tells
   */
  record Place(int position, Optional<Predecessor> behind) {}

  /**
   * The run before one that waits: the next ahead in the queue, or the last that was started.
   *
   * @param args its arguments; if they are long, the first of them
   */
  record Predecessor(RunId id, List<String> args) {
    /** Takes a copy of the arguments. */
    public Predecessor {
      args = List.copyOf(args);
    }
  }

  /**
   * The program runs.
   *
   * @param pid the program's process id, where the runner is
   * @param command the program and its arguments
   * @param terminal the size of its terminal, if it has one: all its output is stdout then
   * @param runner where it runs, if that is not in the server's own process
   */
  record Started(
      long seq,
      long pid,
      List<String> command,
      Optional<TerminalSize> terminal,
      Optional<RunnerName> runner)
      implements Sequenced {
    /** One in the server's own process. */
    public Started(long seq, long pid, List<String> command, Optional<TerminalSize> terminal) {
      this(seq, pid, command, terminal, Optional.empty());
    }

    /** One that runs in pipes. */
    public Started(long seq, long pid, List<String> command) {
      this(seq, pid, command, Optional.empty());
    }

    /** The same, elsewhere. */
    public Started on(RunnerName name) {
      return new Started(seq, pid, command, terminal, Optional.of(name));
    }
  }

  /**
   * Some bytes of output, as they were read: they may end anywhere.
   *
   * @param data not copied: nobody writes to it once the event is made
   */
  record Output(long seq, Stream stream, byte[] data) implements Sequenced {
    @Override
    public boolean equals(Object other) {
      return other instanceof Output that
          && seq == that.seq
          && stream == that.stream
          && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(seq) * 31 + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
      return "Output[seq=" + seq + ", stream=" + stream + ", " + data.length + " bytes]";
    }
  }

  /**
   * The server is alive and so is the run.
   *
   * @param state QUEUED or STARTED, as in the original tox-server
   * @param place told when it has changed, where several servers share their queue: no number is
   *     left for an event that each of them would number by itself
   */
  record Heartbeat(String state, Optional<Place> place) implements RunEvent {
    /** The run waits for its turn. */
    public static final Heartbeat QUEUED = new Heartbeat("QUEUED");

    /** The run was handed to the runner. */
    public static final Heartbeat STARTED = new Heartbeat("STARTED");

    /** One that tells no place. */
    public Heartbeat(String state) {
      this(state, Optional.empty());
    }

    /** The run waits there. */
    public static Heartbeat queuedAt(Place place) {
      return new Heartbeat(QUEUED.state(), Optional.of(place));
    }
  }

  /** The program has fallen silent, and waits for the keyboard of its terminal. */
  record KeysAwaited(long seq) implements Sequenced {}

  /** What came of the run, told just before its end by a server that collects it. */
  record Results(long seq, RunResults results) implements Sequenced {}

  /**
   * The run has ended; nothing follows. One that was lost has the return code {@link #LOST}.
   *
   * @param returncode the program's exit code, or 128+n when signal n killed it; 127 when it was
   *     not found, 126 when it could not be started, 130 when it was cancelled before it started
   * @param cancelled whether someone asked to end it
   * @param durationMillis how long the program and what it left behind ran; none if it was not
   *     started, or an older server does not say
   * @param error why it could not be started, or was lost, in one line
   * @param next what follows it in its loop
   * @param lost whether nobody knows how it would have ended, since its runner is gone
   * @param retried whether it was placed once more, since its first runner was lost
   */
  record Exit(
      long seq,
      int returncode,
      boolean cancelled,
      Optional<Long> durationMillis,
      Optional<String> error,
      Optional<Next> next,
      boolean lost,
      boolean retried)
      implements Sequenced {
    /** The end of a run that nothing follows, and that was not lost, nor retried. */
    public Exit(
        long seq,
        int returncode,
        boolean cancelled,
        Optional<Long> durationMillis,
        Optional<String> error) {
      this(seq, returncode, cancelled, durationMillis, error, Optional.empty(), false, false);
    }

    /** The end of a run that was not started. */
    public Exit(long seq, int returncode, boolean cancelled, Optional<String> error) {
      this(seq, returncode, cancelled, Optional.empty(), error);
    }

    /** Whether it has passed: it ended by itself, with 0. */
    public boolean isGood() {
      return returncode == 0 && !cancelled;
    }

    /** The same with a run that follows. */
    public Exit followedBy(Optional<Next> following) {
      return new Exit(seq, returncode, cancelled, durationMillis, error, following, lost, retried);
    }

    /** The same as the event of another number. */
    public Exit at(long other) {
      return new Exit(other, returncode, cancelled, durationMillis, error, next, lost, retried);
    }

    /** The same of a run that was placed once more, or was not. */
    public Exit asRetried(boolean again) {
      return new Exit(seq, returncode, cancelled, durationMillis, error, next, lost, again);
    }

    /** The end of a run whose runner is gone. */
    public static Exit lost(long seq, boolean cancelled, String why) {
      return new Exit(
          seq, LOST, cancelled, Optional.empty(), Optional.of(why), Optional.empty(), true, false);
    }

    /** The return code of a run that was lost: below those of a shell, as docker's own failures. */
    public static final int LOST = 125;

    /** The return code of a run that was cancelled before it started: 128 + SIGINT. */
    public static final int CANCELLED = 130;

    /** The return code, as in a shell, when the program could not be started. */
    public static final int NOT_STARTED = 126;

    /** The return code, as in a shell, when there is no such program. */
    public static final int NOT_FOUND = 127;
  }

  /**
   * The run that follows another in a loop.
   *
   * @param loop the loop's name, by which its newest run is found when this one is kept no more; of
   *     a server that does not tell it, the run's own
   */
  record Next(RunId run, RunId loop) {}

  /**
   * Some events are no longer kept and will not come; told to one reader.
   *
   * @param from the first that is missing
   * @param to the next that comes
   * @param reason why they are not kept though they should be, in one line; none if they were the
   *     oldest of too many
   */
  record Hole(long from, long to, Optional<String> reason) implements RunEvent {}

  /** Something that the user should know about the run, in one line. */
  record Notice(String message) implements RunEvent {}

  /** Another client has taken the run and its keyboard; told to the one that had them. */
  record Taken() implements RunEvent {}

  /**
   * The server is to end or is cut off, and others have the run as it has: who knows one goes
   * there.
   */
  record Leaving() implements RunEvent {}

  /** Nothing follows: the server died during the run, and its result is unknown. */
  record Lost() implements RunEvent {}

  /** Nothing follows: all was sent that is there, so far or any more. */
  record End() implements RunEvent {}

  /** An event of a kind that this version does not know: a newer server may send it. */
  record Unknown(long seq) implements Sequenced {}
}
