package dev.toxserver.server.shared;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunFacts;
import io.vertx.core.Future;
import java.util.Optional;

/** Ends runs that wait, so that no runner is given them. Belongs to the server's context. */
public final class Waiting {
  private final Facts facts;

  /** For the runs of these facts. */
  public Waiting(Facts facts) {
    this.facts = facts;
  }

  /**
   * Somebody has asked a run that waits to end.
   *
   * @return what has become of it: it may have been placed just before
   */
  public Future<RunFacts> cancelled(RunFacts run) {
    return end(run, exit(run, RunEvent.Exit.CANCELLED, true, Optional.empty()));
  }

  /**
   * A run that waits can't be started any more.
   *
   * @param why in one line
   * @return as {@link #cancelled} does
   */
  public Future<RunFacts> hopeless(RunFacts run, String why) {
    return end(run, exit(run, RunEvent.Exit.NOT_STARTED, false, Optional.of(why)));
  }

  /** Whoever has decided that no runner gets it may have died before it wrote the end. */
  Future<RunFacts> finish(RunFacts run) {
    RunEvent.Exit exit = run.notPlaced().orElseThrow().exit();
    return facts
        .create(
            new Fact.Ended(
                run.life(), run.number(), exit, Optional.empty(), 0, System.currentTimeMillis()))
        .map(ended -> newest(run));
  }

  private Future<RunFacts> end(RunFacts run, RunEvent.Exit exit) {
    return facts
        .create(new Fact.NotPlaced(run.life(), run.number(), exit))
        .compose(
            decided ->
                decided instanceof Fact.NotPlaced
                    ? finish(newest(run))
                    : Future.succeededFuture(newest(run)));
  }

  private RunFacts newest(RunFacts run) {
    return facts.find(run.life()).orElse(run);
  }

  private static RunEvent.Exit exit(
      RunFacts run, int returncode, boolean cancelled, Optional<String> why) {
    return new RunEvent.Exit(run.nextSeq(), returncode, cancelled, why).asRetried(run.number() > 1);
  }
}
