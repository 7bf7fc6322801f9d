package dev.toxserver.server.door;

import dev.toxserver.config.LandmarkFile;
import dev.toxserver.config.OwnFiles;
import dev.toxserver.config.PortToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The files by which clients find the server and its token, written and taken away off the event
 * loop. A failure is told, and no reason not to serve: clients can be told where the server is, and
 * who works in the project has another token.
 */
final class Announcement {
  private static final Logger LOG = Logger.getLogger(Announcement.class.getName());

  private final Vertx vertx;
  private final Optional<PortToken> token;
  private final Optional<LandmarkFile> landmark;

  private interface Action<T> {
    void on(T file) throws IOException;
  }

  Announcement(Vertx vertx, Optional<PortToken> token, Optional<LandmarkFile> landmark) {
    this.vertx = vertx;
    this.token = token;
    this.landmark = landmark;
  }

  /** Before the server listens. */
  Future<Void> prepare(int port) {
    return withToken("written", each -> each.announce(port));
  }

  /** As soon as it does; at a socket the port is not above 0, and there is no token for it. */
  Future<Void> publish(int port) {
    return withToken("written", each -> each.publish(port))
        .compose(done -> withLandmark("written", each -> each.publish(port)));
  }

  /** Before it does so no more. */
  Future<Void> withdraw(int port) {
    return withdrawToken(port).compose(done -> withLandmark("taken away", LandmarkFile::withdraw));
  }

  /** When it could not listen: the landmark may be another server's. */
  Future<Void> withdrawToken(int port) {
    return withToken("taken away", each -> each.withdraw(port));
  }

  private Future<Void> withToken(String what, Action<PortToken> action) {
    return carryOut(
        token,
        action,
        Level.WARNING,
        "The token of this port can''t be " + what + " for clients elsewhere: {0}");
  }

  private Future<Void> withLandmark(String what, Action<LandmarkFile> action) {
    return carryOut(
        landmark,
        action,
        Level.INFO,
        ".tox-server/server.json can''t be " + what + ", so clients have to be told the port: {0}");
  }

  private <T> Future<Void> carryOut(
      Optional<T> file, Action<T> action, Level level, String failureLine) {
    if (file.isEmpty()) {
      return Future.succeededFuture();
    }
    return vertx
        .<Void>executeBlocking(
            () -> {
              action.on(file.get());
              return null;
            })
        .otherwise(
            failure -> {
              LOG.log(level, failureLine, OwnFiles.why(failure));
              return null;
            });
  }
}
