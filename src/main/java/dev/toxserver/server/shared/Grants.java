package dev.toxserver.server.shared;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.FactJson;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerRequest;
import dev.toxserver.protocol.Work;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Says of a run that a runner has pulled whether it is its own: whoever creates the fact that it is
 * placed has decided. So it does not matter how often it was pulled, by whom, and which hubs are
 * asked. Of a run that is not known at this hub it reads the ticket. Belongs to the server's
 * context.
 */
final class Grants {
  private static final Logger LOG = Logger.getLogger(Grants.class.getName());

  /** A ticket may come before the fact that the run was asked for. */
  private static final long ASKED_WITHIN_MILLIS = 1_000;

  /**
   * Of a run that was asked for longer ago than this, hubs know; if not, it was forgotten. Longer
   * than any election.
   */
  private static final long YOUNG_MILLIS = 60_000;

  private final Facts facts;
  private final WorkQueue queue;
  private final Once<String, HubReply> once = new Once<>();

  /** Those that were pulled before they were known here. */
  private final Awaited<Life> awaited;

  /** For the runs that runners pull. */
  Grants(Vertx vertx, Facts facts, WorkQueue queue) {
    this.facts = facts;
    this.queue = queue;
    this.awaited = new Awaited<>(vertx, ASKED_WITHIN_MILLIS);
    facts.onChange(run -> known(run.life()));
  }

  /**
   * Decides; fails if that can't be done now, and with a {@link MalformedException} if the run is
   * not known here and the claim's ticket is that of another.
   */
  Future<HubReply> claim(RunnerRequest.Claim claim) {
    return once.decide(
            claim.session() + " " + claim.life(),
            () ->
                asked(claim)
                    .compose(run -> run.map(known -> decide(claim, known)).orElseGet(Grants::gone)))
        .onSuccess(decided -> queue.acknowledge(claim.ack()));
  }

  private Future<HubReply> decide(RunnerRequest.Claim claim, RunFacts run) {
    boolean isSame = run.asked().filter(asked -> asked.nonce().equals(claim.nonce())).isPresent();
    if (!isSame) {
      return gone();
    }
    return switch (run.state()) {
      // Whoever has cancelled it says that it is nobody's.
      case QUEUED -> run.cancel().isPresent() ? gone() : place(claim, run);
      case PLACED -> Future.succeededFuture(reply(claim, run.placed().orElseThrow()));
      default -> gone();
    };
  }

  private Future<HubReply> place(RunnerRequest.Claim claim, RunFacts run) {
    Placement placement =
        new Placement(
            claim.runner(),
            claim.session(),
            RunId.random().value(),
            run.nextSeq(),
            claim.goneMillis());
    return facts
        .create(new Fact.Placed(run.life(), run.number(), placement, System.currentTimeMillis()))
        .map(decided -> reply(claim, decided));
  }

  /** The same session may have asked before, and not heard the answer. */
  private HubReply reply(RunnerRequest.Claim claim, Fact decided) {
    if (decided instanceof Fact.Placed placed
        && placed.placement().runner().equals(claim.runner())
        && placed.placement().session().equals(claim.session())) {
      boolean cancelled = facts.find(claim.life()).flatMap(RunFacts::cancel).isPresent();
      return new HubReply.Granted(
          placed.placement().name(), placed.placement().nextSeq(), cancelled);
    }
    return new HubReply.Gone();
  }

  private static Future<HubReply> gone() {
    return Future.succeededFuture(new HubReply.Gone());
  }

  /** The run as it is known, at the latest when the fact that it was asked for has been created. */
  private Future<Optional<RunFacts>> asked(RunnerRequest.Claim claim) {
    Life life = claim.life();
    if (isKnown(life)) {
      return Future.succeededFuture(facts.find(life));
    }
    if (facts.find(life.run()).filter(newer -> isNewer(newer, life)).isPresent()) {
      return Future.succeededFuture(Optional.empty());
    }
    return awaited
        .await(life)
        .compose(known -> known ? Future.succeededFuture(facts.find(life)) : create(claim));
  }

  private static boolean isNewer(RunFacts run, Life life) {
    return run.life().generation() > life.generation();
  }

  private boolean isKnown(Life life) {
    return facts.find(life).flatMap(RunFacts::asked).isPresent();
  }

  private void known(Life life) {
    if (isKnown(life)) {
      awaited.known(life);
    }
  }

  /**
   * The hub that was asked may have died before it did this. That anybody was asked, only the
   * ticket says: what a runner says of it counts for nothing.
   */
  private Future<Optional<RunFacts>> create(RunnerRequest.Claim claim) {
    Life life = claim.life();
    return queue
        .find(claim.ack())
        .compose(found -> found.map(each -> create(claim, each)).orElseGet(() -> unknown(life)));
  }

  private Future<Optional<RunFacts>> create(RunnerRequest.Claim claim, Work ticket) {
    if (!ticket.life().equals(claim.life()) || !ticket.nonce().equals(claim.nonce())) {
      throw new MalformedException("ack", "is the ticket of another run");
    }
    return FactJson.decode(claim.life().askedKey(), ticket.asked())
        .filter(fact -> isYoung((Fact.Asked) fact))
        .map(facts::create)
        // What is not seen then is not gone: the runner asks again.
        .map(made -> made.map(known -> Optional.of(facts.find(claim.life()).orElseThrow())))
        .orElseGet(() -> forgotten(claim.life()));
  }

  /** Somebody has acknowledged the ticket: of a run that exists, this hub may hear late. */
  private Future<Optional<RunFacts>> unknown(Life life) {
    return queue
        .isAsked(life)
        .compose(
            isAsked ->
                isAsked ? Future.failedFuture(life + " is not known here yet") : forgotten(life));
  }

  private static Future<Optional<RunFacts>> forgotten(Life life) {
    LOG.log(Level.INFO, "run {0}: was pulled, and is known no more", life.run());
    return Future.succeededFuture(Optional.empty());
  }

  private static boolean isYoung(Fact.Asked asked) {
    return System.currentTimeMillis() - asked.millis() < YOUNG_MILLIS;
  }
}
