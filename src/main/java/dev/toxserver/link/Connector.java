package dev.toxserver.link;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.InvalidSettingException;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tries to connect until a server is there, with longer and longer pauses between the rounds in
 * which each is tried. The first connection may take for ever, since in a compose start-up the
 * client may be first; only a failure that won't change by itself ends it. A connection that was
 * lost later has to be there again in time, and any failure is tried again: a host that is not
 * found may be a network that is down.
 */
final class Connector {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 2_000;

  /** The connection was given up for one to another server. */
  static final class MovingException extends IOException {
    private static final long serialVersionUID = 1;

    MovingException() {
      super("it sends its clients to another server");
    }
  }

  private final Vertx vertx;
  private final ClientConfig config;
  private final Dialer dialer;
  private final Link.Listener listener;
  private final Consumer<NetSocket> onConnected;
  private final long since = System.nanoTime();

  /** What is wrong with those servers of this round of which nothing is to be hoped for. */
  private final List<String> hopeless = new ArrayList<>();

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

  /**
   * Makes a lost connection again, in time: at first to the same server, unless that has fallen
   * silent, since to dial it may take as long again, or sends its clients away. The absence lasts
   * until a server is heard.
   */
  void reconnect(Throwable loss) {
    reason = dialer.reason(loss);
    if (away) {
      connectLater(dialer.turn() ? 0 : nextPause());
      return;
    }
    if (loss instanceof SocketTimeoutException || loss instanceof MovingException) {
      dialer.turn();
    }
    away = true;
    told = false;
    pause = FIRST_PAUSE_MILLIS;
    String why = Dialer.reasonOf(loss);
    notice = vertx.setTimer(PATIENCE_MILLIS, timer -> tellOfAbsence(why));
    deadline = vertx.setTimer(config.reconnectMillis(), timer -> giveUp());
    connectLater(nextPause());
  }

  /** Goes on at the others, if there are any: the server that was reached is of no use. */
  void refuse(InvalidSettingException why) {
    if (dialer.count() == 1) {
      listener.unreachable(why.getMessage());
    } else {
      failed(why, Optional.of(why.getMessage()));
    }
  }

  /** A frame came: the absence, if there was one, is over. */
  void heard() {
    dialer.heard();
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
    failed(failure, dialer.hopeless(failure));
  }

  private void failed(Throwable failure, Optional<String> wrong) {
    if (stopped) {
      return;
    }
    if (away) {
      reconnect(failure);
      return;
    }
    wrong.ifPresent(hopeless::add);
    if (hopeless.size() == dialer.count()) {
      listener.unreachable(String.join("; ", hopeless));
      return;
    }
    String why = dialer.reason(failure);
    long delay = 0;
    if (!dialer.turn()) {
      hopeless.clear();
      delay = nextPause();
    }
    if (!told && System.nanoTime() - since > (PATIENCE_MILLIS - delay) * 1_000_000) {
      told = true;
      listener.waiting(why);
    }
    connectLater(delay);
  }

  private void failedUnlessTls(boolean wanted, Throwable loss) {
    failed(
        loss,
        wanted
            ? Optional.of(
                dialer.address()
                    + " speaks TLS only: name the authority of its certificate with --tls-ca")
            : Optional.empty());
  }

  private void connectLater(long delay) {
    if (delay == 0) {
      connect();
    } else {
      vertx.setTimer(delay, timer -> connect());
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
