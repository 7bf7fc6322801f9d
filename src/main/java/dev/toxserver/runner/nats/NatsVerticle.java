package dev.toxserver.runner.nats;

import dev.toxserver.config.NatsConfig;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.runner.placed.JoinedRunner;
import dev.toxserver.runner.placed.Leaving;
import dev.toxserver.runner.placed.Offer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;

/**
 * Pulls work over NATS, and has it carried out by the runner that is on this process's event bus.
 * It needs no hub to be there from the start, and outlives any of them.
 */
public final class NatsVerticle extends VerticleBase implements JoinedRunner {
  private final NatsConfig config;
  private final long graceMillis;
  private final Leaving leaving;
  private Optional<Membership> membership = Optional.empty();

  /**
   * A runner that joins once it is deployed.
   *
   * @param graceMillis how long what runs goes on while NATS is away
   */
  public NatsVerticle(NatsConfig config, Offer offer, long graceMillis) {
    this.config = config;
    this.graceMillis = graceMillis;
    this.leaving = new Leaving(offer);
  }

  @Override
  public Future<?> start() {
    NatsLink.connect(vertx, config, leaving.offer().name().value())
        .onSuccess(this::join)
        .onFailure(failure -> leaving.refused(failure.getMessage()));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return membership.map(Membership::close).orElseGet(Future::succeededFuture);
  }

  @Override
  public Future<Optional<String>> left() {
    return leaving.left();
  }

  @Override
  public void signalled() {
    context.runOnContext(
        v ->
            membership.ifPresentOrElse(
                Membership::leave, () -> leaving.refused("NATS was not there yet")));
  }

  private void join(NatsLink link) {
    link.refused().onSuccess(why -> leaving.refused(why.getMessage()));
    Membership joining = new Membership(link, leaving, graceMillis);
    membership = Optional.of(joining);
    joining.begin();
  }
}
