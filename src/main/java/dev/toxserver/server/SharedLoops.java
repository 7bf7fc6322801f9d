package dev.toxserver.server;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Round;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunSpan;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.shared.Endings;
import dev.toxserver.server.shared.Hub;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries on the loops of all servers: whichever is told that a round has ended has the next one
 * asked for, whose id follows from the round's. Belongs to the server's context.
 */
final class SharedLoops implements Endings.Loops {
  private final Hub hub;
  private final Roster roster;
  private final Function<Request.Run, Optional<RunSpan>> spans;

  private SharedLoops(Hub hub, Roster roster, Function<Request.Run, Optional<RunSpan>> spans) {
    this.hub = hub;
    this.roster = roster;
    this.spans = spans;
  }

  /**
   * Has the hub answer runners, and carry on the loops.
   *
   * @param spans of the runs that it asks for, if it makes any
   */
  static void serve(
      Hub hub,
      Roster roster,
      Connections connections,
      Function<Request.Run, Optional<RunSpan>> spans) {
    hub.serve(roster, connections, new SharedLoops(hub, roster, spans));
  }

  @Override
  public Optional<RunEvent.Next> next(RunFacts run, RunEvent.Exit exit) {
    Fact.Asked asked = run.asked().orElseThrow();
    Run round = Run.known(asked);
    boolean goesOn =
        run.cancel().isEmpty() && round.isFollowedAfter(exit) && roster.knows(round.needs());
    return goesOn
        ? asked.round().map(each -> new RunEvent.Next(run.life().nextRound(), each.loop()))
        : Optional.empty();
  }

  @Override
  public Future<Void> ask(RunFacts run, RunEvent.Next next, Optional<Map<String, String>> env) {
    Fact.Asked before = run.asked().orElseThrow();
    Request.Run again = before.requestWith(env).again(next.run(), Optional.empty());
    Optional<RunSpan> span = spans.apply(again);
    Fact.Asked asked =
        new Fact.Asked(
            new Life(next.run(), 1),
            again,
            before.env(),
            run.life().toString(),
            before.owner(),
            run.holder().orElse(before.hub()),
            before.round().map(Round::next),
            System.currentTimeMillis(),
            span);
    return hub.asking().ask(asked, again, span.map(RunSpan::context));
  }
}
