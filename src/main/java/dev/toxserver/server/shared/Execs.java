package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerPlace;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.protocol.Work;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Places programs of exec, which wait for nobody: this hub chooses the runner, writes that down,
 * and then tells the runner, again and again until it has answered. Belongs to the server's
 * context.
 */
final class Execs {
  private static final long ANSWER_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 200;

  private final NatsLink link;
  private final Facts facts;

  Execs(NatsLink link, Facts facts) {
    this.link = link;
    this.facts = facts;
  }

  /**
   * Asks for a run and places it at once.
   *
   * @param request with the values of its variables, which no fact has
   * @return completes when it exists, with what a runner would be given; fails as {@link
   *     Asking#ask} does
   */
  Future<Work> place(
      Fact.Asked asked, Request.Run request, Optional<TraceContext> trace, RunnerJoin runner) {
    Life life = asked.life();
    Placement placement =
        new Placement(
            runner.name(), runner.session(), RunId.random().value(), 0, runner.goneMillis());
    return Asking.work(asked, request, trace)
        .compose(
            work ->
                facts
                    .create(asked)
                    .compose(decided -> Asking.judge(asked, decided))
                    .onSuccess(
                        exists ->
                            facts
                                .create(
                                    new Fact.Placed(life, 1, placement, System.currentTimeMillis()))
                                .onSuccess(decided -> start(work, placement)))
                    .map(work));
  }

  /** Unless somebody was faster: then there is another placement, or none. */
  private void start(Work work, Placement placement) {
    if (isOpen(work.life(), placement)) {
      RunnerPlace place =
          new RunnerPlace(
              placement.session(),
              work,
              new HubReply.Granted(placement.name(), placement.nextSeq(), false));
      String address = new RunnerAddresses(placement.runner()).start();
      link.request(
              Stored.of(
                  address, Frames.order(address, place.toJson(), Optional.empty()).toBuffer()),
              ANSWER_MILLIS)
          .onFailure(
              failure -> link.vertx().setTimer(PAUSE_MILLIS, again -> start(work, placement)));
    }
  }

  /** Its runner may have gone meanwhile, and the run be lost. */
  private boolean isOpen(Life life, Placement placement) {
    return facts
        .find(life)
        .filter(run -> run.state() == RunFacts.State.PLACED)
        .flatMap(RunFacts::placement)
        .filter(placement::equals)
        .isPresent();
  }
}
