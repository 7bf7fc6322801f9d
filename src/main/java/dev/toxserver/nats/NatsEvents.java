package dev.toxserver.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs what becomes of a connection to NATS. The library's own listener has a line for each message
 * of flow control. A publication that is not permitted shows here alone: whoever waits for its
 * acknowledgement only waits in vain.
 */
public final class NatsEvents implements ErrorListener, ConnectionListener {
  private static final Logger LOG = Logger.getLogger(NatsEvents.class.getName());

  @Override
  public void connectionEvent(Connection connection, Events event) {
    LOG.log(Level.INFO, "NATS: {0}, {1}", new Object[] {event, connection.getConnectedUrl()});
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    LOG.log(Level.WARNING, "NATS: {0}", error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    LOG.log(Level.FINE, "NATS: {0}", exception.toString());
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    LOG.log(Level.WARNING, "NATS: messages were dropped, since they are read too slowly");
  }
}
