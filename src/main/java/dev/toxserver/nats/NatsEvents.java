package dev.toxserver.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamStatusException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs what becomes of a connection to NATS. The library's own listener has a line for each message
 * of flow control. A publication that is not permitted shows here alone: whoever waits for its
 * acknowledgement only waits in vain. Called on the library's threads.
 */
final class NatsEvents implements ErrorListener, ConnectionListener {
  private static final Logger LOG = Logger.getLogger(NatsEvents.class.getName());

  private volatile Runnable onBack = () -> {};
  private volatile Runnable onRefused = () -> {};
  private volatile String violation;
  private volatile Exception tlsFailure;
  private volatile boolean closing;

  /**
   * Who wants to know.
   *
   * @param back is called when a lost connection is back, and all that was listened to again
   * @param refused is called when the servers have refused us twice, and it is not tried again
   */
  void tell(Runnable back, Runnable refused) {
    onBack = back;
    onRefused = refused;
  }

  /** Why a request was not answered. */
  NatsFailure unanswered(String subject, Throwable failure) {
    String forbidden = violation;
    if (forbidden != null && forbidden.contains('"' + subject + '"')) {
      return new NatsFailure(NatsFailure.NO_ANSWER, forbidden);
    }
    return failure instanceof JetStreamStatusException
        ? new NatsFailure(NatsFailure.NOBODY, "nobody listens at " + subject)
        : new NatsFailure(NatsFailure.NO_ANSWER, "no answer in time");
  }

  /** What has gone wrong with TLS, if that has: what else goes wrong after it does not hide it. */
  Optional<Exception> tlsFailure() {
    return Optional.ofNullable(tlsFailure);
  }

  /** We end the connection ourselves. */
  void closing() {
    closing = true;
  }

  @Override
  public void connectionEvent(Connection connection, Events event, Long time, String server) {
    switch (event) {
      case DISCONNECTED -> warn("The connection to NATS is lost: trying again");
      case RECONNECTED -> warn("NATS is there again");
      case RESUBSCRIBED -> onBack.run();
      case CLOSED -> {
        if (!closing) {
          onRefused.run();
        }
      }
      default -> LOG.log(Level.FINE, "{0}, {1}", new Object[] {event, server});
    }
  }

  private void warn(String line) {
    if (!closing) {
      LOG.warning(line);
    }
  }

  /** The form that the library used before, which it wants to be there. */
  @Override
  @SuppressWarnings("deprecation")
  public void connectionEvent(Connection connection, Events event) {
    connectionEvent(connection, event, 0L, "");
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    boolean isNew = !error.equals(violation);
    if (error.contains("Permissions Violation")) {
      violation = error;
    }
    LOG.log(isNew ? Level.WARNING : Level.FINE, "NATS: {0}", error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception failure) {
    if (NatsTls.isAtFault(failure)) {
      tlsFailure = failure;
    }
    LOG.log(Level.FINE, "NATS", failure);
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    LOG.log(Level.WARNING, "NATS: messages were dropped, since they are read too slowly");
  }
}
