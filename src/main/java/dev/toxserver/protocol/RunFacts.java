package dev.toxserver.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one run: the sum of its facts. That is the same in whatever order they come, and
 * however often. Immutable.
 */
public final class RunFacts {
  /** What has become of the run. */
  public enum State {
    /** Something of it is known, and not yet that it exists. */
    UNASKED,
    /** It waits for a runner. */
    QUEUED,
    /** It is a runner's, and has not ended. */
    PLACED,
    /** No runner will execute it; that it has ended is yet to be written. */
    NOT_PLACED,
    /** Nothing more is to come of it. */
    ENDED
  }

  /** More of them tell nothing more. */
  private static final int MOST_REPLACED = 8;

  private final Life life;
  private final Map<String, Fact> facts;
  private final long revision;
  private final long last;
  private final long end;
  private final List<Fact> replaced;

  private RunFacts(
      Life life, Map<String, Fact> facts, long revision, long last, long end, List<Fact> replaced) {
    this.life = life;
    this.facts = facts;
    this.revision = revision;
    this.last = last;
    this.end = end;
    this.replaced = replaced;
  }

  /** One of which nothing is known. */
  public static RunFacts none(Life life) {
    return new RunFacts(life, Map.of(), Long.MAX_VALUE, 0, Long.MAX_VALUE, List.of());
  }

  /**
   * The same with one more fact; this very object if that tells nothing new. Where its client was
   * before is forgotten: who moves it to and fro costs no memory.
   *
   * @param position its place in the bucket: later facts have greater ones
   */
  public RunFacts with(Fact fact, long position) {
    return isNews(fact) ? put(fact, position, replaced) : this;
  }

  /**
   * The same where another fact stands under the key of one that is known. NATS has lost the one
   * that is known, and what stands there counts: a hub that is started now knows nothing else.
   */
  public RunFacts instead(Fact fact, long position) {
    List<Fact> gone =
        Stream.concat(replaced.stream(), inPlaceOf(fact).stream()).limit(MOST_REPLACED).toList();
    return put(fact, position, gone);
  }

  private RunFacts put(Fact fact, long position, List<Fact> gone) {
    Map<String, Fact> more = new HashMap<>(facts);
    more.put(place(fact), fact);
    return new RunFacts(
        life,
        Map.copyOf(more),
        fact instanceof Fact.Asked ? position : revision,
        Math.max(last, position),
        fact instanceof Fact.Ended ? position : end,
        gone);
  }

  private boolean isNews(Fact fact) {
    return fact instanceof Fact.At moved
        ? at().filter(known -> known.number() >= moved.number()).isEmpty()
        : !facts.containsKey(fact.name());
  }

  private static String place(Fact fact) {
    return fact instanceof Fact.At ? FactName.AT : fact.name();
  }

  /** Whose facts they are. */
  public Life life() {
    return life;
  }

  /** The fact that is known under the key of another: then that one can't be any more. */
  public Optional<Fact> inPlaceOf(Fact fact) {
    return Optional.ofNullable(facts.get(place(fact)))
        .filter(known -> known.name().equals(fact.name()));
  }

  /**
   * Whether something that was decided of it was lost, so that it may have been executed twice, or
   * not as is told. Where its client is, and that it is to end, is not of that kind.
   */
  public boolean isInDoubt() {
    return replaced.stream()
        .anyMatch(fact -> !(fact instanceof Fact.At) && !(fact instanceof Fact.Cancel));
  }

  /** Whether it was placed so, by a decision that was lost. */
  public boolean wasPlacedAs(String placement) {
    return replaced.stream()
        .anyMatch(
            fact ->
                fact instanceof Fact.Placed placed && placed.placement().name().equals(placement));
  }

  /** The place in the bucket of the fact that it exists: runs are in the order of these. */
  public long revision() {
    return revision;
  }

  /** The place in the bucket of the last of its facts. */
  public long lastRevision() {
    return last;
  }

  /** The place in the bucket of the fact that it has ended: what has ended is in this order. */
  public long endRevision() {
    return end;
  }

  /** How many facts are held. */
  int size() {
    return facts.size();
  }

  /** What has become of it. */
  public State state() {
    if (asked().isEmpty()) {
      return State.UNASKED;
    }
    if (end().isPresent()) {
      return State.ENDED;
    }
    if (notPlaced().isPresent()) {
      return State.NOT_PLACED;
    }
    return placed().isPresent() ? State.PLACED : State.QUEUED;
  }

  /** That it exists. */
  public Optional<Fact.Asked> asked() {
    return find(FactName.ASKED, Fact.Asked.class);
  }

  /** The number of its placement: of the one that there is, or of the one that it waits for. */
  public int number() {
    return 1 + (int) lost().count();
  }

  /** Its placement of that number. */
  public Optional<Fact.Placed> placed() {
    return find(FactName.placed(number()), Fact.Placed.class);
  }

  /** Where it is placed, if it is. */
  public Optional<Placement> placement() {
    return placed().map(Fact.Placed::placement);
  }

  /** That there is none of that number. */
  public Optional<Fact.NotPlaced> notPlaced() {
    return find(FactName.placed(number()), Fact.NotPlaced.class);
  }

  /** All of its placements so far. */
  public List<Fact.Placed> placements() {
    return Stream.iterate(1, number -> number + 1)
        .limit(number())
        .flatMap(number -> find(FactName.placed(number), Fact.Placed.class).stream())
        .toList();
  }

  /** That it was lost, if it is placed once more. */
  public Optional<Fact.Again> again() {
    return lost().reduce((earlier, later) -> later);
  }

  /** The number of the first event that comes of its placement. */
  public long nextSeq() {
    return again().map(Fact.Again::nextSeq).orElse(0L);
  }

  /** How it has ended. */
  public Optional<Fact.Ended> end() {
    return find(FactName.ended(number()), Fact.Ended.class);
  }

  /** That somebody has asked it to end. */
  public Optional<Fact.Cancel> cancel() {
    return find(FactName.CANCEL, Fact.Cancel.class);
  }

  /** Where its client is, as far as it has not stayed at the hub that it has asked. */
  public Optional<Fact.At> at() {
    return find(FactName.AT, Fact.At.class);
  }

  /** The hub at which its client is; empty if that is gone. */
  public Optional<String> holder() {
    return at().map(Fact.At::hub).orElse(asked().map(Fact.Asked::hub));
  }

  /** Whether its client is at this hub. */
  public boolean isHeldBy(String hub) {
    return holder().filter(hub::equals).isPresent();
  }

  /** Which of the clients that have had the run has it. */
  public long hold() {
    return at().map(Fact.At::hold).orElse(0L);
  }

  /** The fact that its client is at a hub, or gone, if nobody else is faster. */
  public Fact.At nextAt(Optional<String> hub, long hold) {
    return new Fact.At(life, at().map(Fact.At::number).orElse(0) + 1, hub, hold);
  }

  /** Each that was lost and placed once more. */
  private Stream<Fact.Again> lost() {
    return Stream.iterate(1, number -> number + 1)
        .map(number -> find(FactName.ended(number), Fact.Again.class))
        .takeWhile(Optional::isPresent)
        .map(Optional::get);
  }

  private <T extends Fact> Optional<T> find(String place, Class<T> kind) {
    return Optional.ofNullable(facts.get(place)).filter(kind::isInstance).map(kind::cast);
  }
}
