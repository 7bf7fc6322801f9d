package dev.toxserver.link;

import dev.toxserver.config.ClientConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tries to connect until the server is there, with longer and longer pauses. The first connection
 * may take for ever, since in a compose start-up the client may be first; only a failure that won't
 * change by itself ends it. A connection that was lost later has to be there again in time, and any
 * failure is tried again: a host that is not found may be a network that is down.
 */
final class Connector {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 2_000;

  private final Vertx vertx;
  private final ClientConfig config;
  private final Dialer dialer;
  private final Link.Listener listener;
  private final Consumer<NetSocket> onConnected;
  private final long since = System.nanoTime();

  private long pause = FIRST_PAUSE_MILLIS;
  private int lostUnheard;
  private boolean away;
  private boolean stopped;
  private boolean told;
  private String reason;
  private long notice;
  private long deadline;

  /**
   * Idle until {@link #connect}.
   *
   * @param listener is told of delays, and when there can't be a connection
   * @param onConnected takes each new connection
   */
  Connector(
      Vertx vertx,
      ClientConfig config,
      Dialer dialer,
      Link.Listener listener,
      Consumer<NetSocket> onConnected) {
    this.vertx = vertx;
    this.config = config;
    this.dialer = dialer;
    this.listener = listener;
    this.onConnected = onConnected;
  }

  /** Makes the first connection. */
  void connect() {
    if (!stopped) {
      dialer.dial().onSuccess(this::succeeded).onFailure(this::failed);
    }
  }

  /**
   * Goes on making the first connection, after one was lost over which nothing was heard. It was
   * accepted by a proxy, as container engines have, for a server that is not there yet, or by a
   * server that speaks TLS only. So from the second loss on, the other side is asked for TLS.
   */
  void connectAfter(Throwable loss) {
    if (lostUnheard++ == 0) {
      failed(loss);
    } else {
      dialer.wantsTls().onSuccess(wanted -> failedUnlessTls(wanted, loss));
    }
  }

  /** Makes a lost connection again, in time. The absence lasts until the server is heard. */
  void reconnect(Throwable loss) {
    reason = Dialer.reasonOf(loss);
    if (!away) {
      away = true;
      told = false;
      pause = FIRST_PAUSE_MILLIS;
      String why = reason;
      notice = vertx.setTimer(PATIENCE_MILLIS, timer -> tellOfAbsence(why));
      deadline = vertx.setTimer(config.reconnectMillis(), timer -> giveUp());
    }
    vertx.setTimer(nextPause(), timer -> connect());
  }

  /** A frame came: the absence, if there was one, is over. */
  void heard() {
    if (away) {
      endAbsence();
      if (told) {
        listener.back();
      }
    }
  }

  /** Tries no longer. */
  void stop() {
    stopped = true;
    endAbsence();
  }

  private void succeeded(NetSocket socket) {
    if (stopped) {
      socket.close();
    } else {
      onConnected.accept(socket);
    }
  }

  private void failed(Throwable failure) {
    if (stopped) {
      return;
    }
    if (away) {
      reconnect(failure);
      return;
    }
    Optional<String> hopeless = dialer.hopeless(failure);
    if (hopeless.isPresent()) {
      listener.unreachable(hopeless.get());
      return;
    }
    long delay = nextPause();
    if (!told && System.nanoTime() - since > (PATIENCE_MILLIS - delay) * 1_000_000) {
      told = true;
      listener.waiting(Dialer.reasonOf(failure));
    }
    vertx.setTimer(delay, timer -> connect());
  }

  private void failedUnlessTls(boolean wanted, Throwable loss) {
    if (!wanted) {
      failed(loss);
    } else if (!stopped) {
      listener.unreachable(
          config.address()
              + " speaks TLS only: name the authority of its certificate with --tls-ca");
    }
  }

  private long nextPause() {
    long next = pause;
    pause = Math.min(2 * next, LONGEST_PAUSE_MILLIS);
    return next;
  }

  private void tellOfAbsence(String why) {
    told = true;
    listener.away(why);
  }

  private void giveUp() {
    stop();
    listener.givenUp(reason);
  }

  private void endAbsence() {
    away = false;
    vertx.cancelTimer(notice);
    vertx.cancelTimer(deadline);
  }
}
