package dev.toxserver.runner.nats;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Pulled;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerRequest;
import dev.toxserver.protocol.Work;
import io.vertx.core.json.DecodeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs that were pulled, and how many places of the runner they take. A ticket alone starts
 * nothing: a hub has to grant the run first. Belongs to the link's context.
 */
final class Claims {
  private static final Logger LOG = Logger.getLogger(Claims.class.getName());

  /** Another run of its id is still here: nobody is given it meanwhile. */
  private static final long LATER_MILLIS = 1_000;

  private final NatsLink link;
  private final HubCalls calls;
  private final Placements placements;
  private final long goneMillis;
  private final Map<RunId, Ticket> tickets = new HashMap<>();

  /** A run that takes a place; its hub's grant may still be awaited. */
  private record Ticket(String nonce, boolean granted) {}

  /**
   * None yet.
   *
   * @param goneMillis as in {@link RunnerRequest.Claim}
   */
  Claims(NatsLink link, HubCalls calls, Placements placements, long goneMillis) {
    this.link = link;
    this.calls = calls;
    this.placements = placements;
    this.goneMillis = goneMillis;
  }

  /** How many places are taken. */
  int taken() {
    tickets
        .entrySet()
        .removeIf(each -> each.getValue().granted() && !placements.isRunning(each.getKey()));
    return tickets.size();
  }

  /** Those whose grant is awaited. */
  Set<RunId> underWay() {
    Map<RunId, Ticket> open = new HashMap<>(tickets);
    open.values().removeIf(Ticket::granted);
    return open.keySet();
  }

  /**
   * Claims a run that was pulled, or gives it back.
   *
   * @param hasRoom whether there is a place for it
   * @param onDecided is called when a place may have become free
   */
  void take(Pulled pulled, BooleanSupplier hasRoom, Runnable onDecided) {
    Work work;
    try {
      work = Work.decode(pulled.message().body().toJsonObject());
    } catch (MalformedException | DecodeException | ClassCastException e) {
      LOG.log(
          Level.WARNING,
          "{0} is no work: {1}",
          new Object[] {pulled.message().subject(), e.getMessage()});
      link.acknowledge(pulled.ackTo());
      return;
    }
    RunId id = work.request().id();
    Ticket known = tickets.get(id);
    if (known != null && known.nonce().equals(work.nonce()) && isAnswerNeeded(id, known)) {
      // The hub's acknowledgement was lost, or has not come yet.
      calls.ask(claim(work, pulled));
    } else if (known != null || placements.has(id)) {
      link.giveBack(pulled.ackTo(), LATER_MILLIS);
    } else if (!hasRoom.getAsBoolean()) {
      link.giveBack(pulled.ackTo(), 0);
    } else {
      tickets.put(id, new Ticket(work.nonce(), false));
      RunnerRequest.Claim claim = claim(work, pulled);
      calls.ask(claim).onSuccess(reply -> decided(work, claim, reply, onDecided));
    }
  }

  /** One that was lost here is queued once more: whoever claims that has to begin it. */
  private boolean isAnswerNeeded(RunId id, Ticket ticket) {
    return !ticket.granted() || placements.isWanted(id);
  }

  private RunnerRequest.Claim claim(Work work, Pulled pulled) {
    return new RunnerRequest.Claim(
        placements.runner(),
        placements.session(),
        work.life(),
        work.nonce(),
        pulled.ackTo(),
        goneMillis);
  }

  private void decided(Work work, RunnerRequest.Claim claim, HubReply reply, Runnable onDecided) {
    if (reply instanceof HubReply.Granted granted
        && placements.start(claim.session(), work, granted)) {
      tickets.put(claim.life().run(), new Ticket(work.nonce(), true));
    } else {
      tickets.remove(claim.life().run());
    }
    onDecided.run();
  }
}
