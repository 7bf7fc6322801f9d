package dev.toxserver.server;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Round;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunSpan;
import dev.toxserver.protocol.ShownArguments;
import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.server.delivery.OutputFlow;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.runners.Runner;
import java.util.List;
import java.util.Optional;

/** A run that was accepted and has not ended, as the server sees it. */
final class Run {
  /** So many characters of its arguments are told to the one that waits behind it. */
  private static final int SHOWN_CHARACTERS = 200;

  private final List<String> notRestored;
  private final Optional<Round> round;
  private Request.Run request;
  private OutputFlow flow;
  private long nextSeq;
  private int position;
  private Optional<Runner> runner = Optional.empty();
  private Optional<Connection> typing = Optional.empty();
  private Optional<RunEvent.Predecessor> behind = Optional.empty();
  private Optional<RunEvent.Predecessor> before = Optional.empty();
  private boolean unwanted;
  private boolean stranded;
  private boolean placedAgain;
  private Optional<String> owner = Optional.empty();
  private Optional<RunSpan> span = Optional.empty();
  private Optional<TerminalSize> resized = Optional.empty();

  Run(Request.Run request) {
    this(request, List.of());
  }

  /**
   * One that repeats another.
   *
   * @param notRestored the variables that came with that, and do not come with this
   */
  Run(Request.Run request, List<String> notRestored) {
    this(request, notRestored, firstRound(request));
  }

  private Run(Request.Run request, List<String> notRestored, Optional<Round> round) {
    this.request = request;
    this.notRestored = List.copyOf(notRestored);
    this.round = round;
  }

  /** One that is known by what all servers share of it. */
  static Run known(Fact.Asked asked) {
    return new Run(asked.request(), List.of(), asked.round()).ownedBy(asked.owner());
  }

  private static Optional<Round> firstRound(Request.Run request) {
    return request.rounds().isPresent() ? Optional.of(Round.first(request.id())) : Optional.empty();
  }

  /** Lets its events flow; once, when it is accepted. */
  void begin(OutputFlow itsFlow) {
    flow = itsFlow;
  }

  /** It was asked for with this narrow token; empty for the server's own. */
  Run ownedBy(Optional<String> token) {
    owner = token;
    return this;
  }

  /** The narrow token with which it was asked for; empty for the server's own. */
  Optional<String> owner() {
    return owner;
  }

  /** What is told of it elsewhere is in this span. */
  void within(Optional<RunSpan> itsSpan) {
    span = itsSpan;
  }

  /** Its span, if the server makes spans. */
  Optional<RunSpan> span() {
    return span;
  }

  RunId id() {
    return request.id();
  }

  Request.Run request() {
    return request;
  }

  /** The names of the variables that the run which it repeats had, and it has not. */
  List<String> notRestored() {
    return notRestored;
  }

  /** Its place in a loop, if it is of one. */
  Optional<Round> round() {
    return round;
  }

  /** It was asked to end: no other round follows it, however it ends. */
  void unwanted() {
    unwanted = true;
  }

  /** Whether its loop goes on after an end like this. */
  boolean isFollowedAfter(RunEvent.Exit exit) {
    return exit.isGood()
        && !unwanted
        && round.filter(each -> each.number() < request.rounds().orElse(0)).isPresent();
  }

  /** The next round of its loop. Whether its files are the same, only the client could tell. */
  Run nextRound(RunId id) {
    return new Run(request.again(id, Optional.empty()), List.of(), round.map(Round::next))
        .ownedBy(owner);
  }

  /** What its runner must have. */
  Labels needs() {
    return request.invocation().on();
  }

  /** The runner that carries it out, or did; of a run that waits there is none. */
  Optional<Runner> runner() {
    return runner;
  }

  /** It waits no more: this runner carries it out. */
  void placeWith(Runner chosen) {
    runner = Optional.of(chosen);
    leaveQueue();
  }

  /** Its runner is lost, and has nothing to do with it any more. */
  void withoutRunner() {
    runner = Optional.empty();
  }

  /** Whether it would be placed once more after an end like this. */
  boolean isRetriedAfter(RunEvent.Exit exit) {
    return exit.lost() && request.retryLost() && !unwanted && !placedAgain;
  }

  /**
   * It is placed once more, and never again.
   *
   * @param seq the number of its next event
   */
  void placeAgain(long seq) {
    placedAgain = true;
    nextSeq = seq;
  }

  /** Whether it was placed once more. */
  boolean isPlacedAgain() {
    return placedAgain;
  }

  /** What is kept of it. */
  RunLog log() {
    return flow.log();
  }

  /** Its events, on their way to those who read them. */
  OutputFlow flow() {
    return flow;
  }

  /** Its place in the queue, 1 for the next to start; 0 once it was handed to the runner. */
  int position() {
    return position;
  }

  boolean isWaiting() {
    return position > 0;
  }

  /** The run before it, while it waits; what is told of it is kept, not the run itself. */
  Optional<RunEvent.Predecessor> behind() {
    return behind;
  }

  /** Gives it another place, behind another run; whether the place is another. */
  boolean moveTo(int newPosition, Optional<Run> predecessor) {
    boolean moved = position != newPosition;
    position = newPosition;
    if (moved) {
      behind = predecessor.flatMap(Run::asPredecessor);
    }
    return moved;
  }

  /** Made once: in a long queue each has another before it whenever one starts. */
  private Optional<RunEvent.Predecessor> asPredecessor() {
    if (before.isEmpty()) {
      List<String> shown = ShownArguments.of(request.args(), SHOWN_CHARACTERS);
      before = Optional.of(new RunEvent.Predecessor(id(), shown));
    }
    return before;
  }

  /** Notes whether no runner could take it, and says whether that is new. */
  boolean isNewlyStranded(boolean now) {
    boolean isNew = now && !stranded;
    stranded = now;
    return isNew;
  }

  /** It waits no more. */
  void leaveQueue() {
    position = 0;
    behind = Optional.empty();
  }

  /** Gives the terminal that it will have another size. */
  void resize(TerminalSize size) {
    request = request.with(size);
    resized = Optional.of(size);
  }

  /** The size that its terminal was given since it was asked for, if any. */
  Optional<TerminalSize> resized() {
    return resized;
  }

  /**
   * A connection sends input: one piece at a time, so that who does not wait for answers costs no
   * more memory than who does. False if its last piece was not answered yet.
   */
  boolean beginInput(Connection connection) {
    if (typing.filter(connection::equals).isPresent()) {
      return false;
    }
    typing = Optional.of(connection);
    return true;
  }

  /** That piece was answered. */
  void endInput(Connection connection) {
    typing = typing.filter(other -> !other.equals(connection));
  }

  /** The number of the next event. From its start on, the runner counts. */
  long takeSeq() {
    return nextSeq++;
  }
}
