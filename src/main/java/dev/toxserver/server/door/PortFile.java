package dev.toxserver.server.door;

import dev.toxserver.config.PortToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The file by which the user's clients find the port's token, written and taken away off the event
 * loop. A failure is told, and no reason not to serve: who works in the project has another token.
 */
final class PortFile {
  private static final Logger LOG = Logger.getLogger(PortFile.class.getName());

  private final Vertx vertx;
  private final Optional<PortToken> token;

  private interface Action {
    void on(PortToken token) throws IOException;
  }

  PortFile(Vertx vertx, Optional<PortToken> token) {
    this.vertx = vertx;
    this.token = token;
  }

  /** To be called before the server listens. */
  Future<Void> announce(int port) {
    return carryOut("written", each -> each.announce(port));
  }

  /** To be called as soon as the server listens. */
  Future<Void> publish(int port) {
    return carryOut("written", each -> each.publish(port));
  }

  /** To be called before the server stops listening, or when it could not listen. */
  Future<Void> withdraw(int port) {
    return carryOut("taken away", each -> each.withdraw(port));
  }

  private Future<Void> carryOut(String what, Action action) {
    return token.map(each -> carryOut(each, what, action)).orElseGet(Future::succeededFuture);
  }

  private Future<Void> carryOut(PortToken each, String what, Action action) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              action.on(each);
              return null;
            })
        .otherwise(
            failure -> {
              LOG.log(
                  Level.WARNING,
                  "The token of this port can''t be {0} for clients elsewhere: {1}",
                  new Object[] {what, failure.toString()});
              return null;
            });
  }
}
