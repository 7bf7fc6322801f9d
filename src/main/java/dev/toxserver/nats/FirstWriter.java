package dev.toxserver.nats;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes names that are written once, and finds out who was first, however often a connection or a
 * server is lost meanwhile. Belongs to its link's context.
 */
public final class FirstWriter {
  private static final long PAUSE_MILLIS = 100;
  private static final long FULL_PAUSE_MILLIS = 1_000;

  private final NatsLink link;
  private final String stream;
  private final String by;
  private final Runnable onFull;
  private boolean closed;

  /**
   * A writer to one stream.
   *
   * @param by no other writer has this name
   * @param onFull is called whenever there is no room; the message waits
   */
  public FirstWriter(NatsLink link, String stream, String by, Runnable onFull) {
    this.link = link;
    this.stream = stream;
    this.by = by;
    this.onFull = onFull;
  }

  /**
   * Tries until it is known whose the name is.
   *
   * @return nothing if it is ours; else what somebody else has written there. Does not complete
   *     once this is closed.
   */
  public Future<Optional<Stored>> create(Stored message) {
    Map<String, String> headers = new HashMap<>(message.headers());
    headers.put(Stored.BY, by);
    Promise<Optional<Stored>> decided = Promise.promise();
    attempt(new Stored(message.subject(), headers, message.body()), decided);
    return decided.future();
  }

  /** Tries no longer. What was under way may be written all the same. */
  public void close() {
    closed = true;
  }

  private void attempt(Stored message, Promise<Optional<Stored>> decided) {
    if (!closed) {
      link.create(message)
          .onSuccess(ours -> decided.complete(Optional.empty()))
          .onFailure(failure -> failed(message, decided, (NatsFailure) failure));
    }
  }

  private void failed(Stored message, Promise<Optional<Stored>> decided, NatsFailure failure) {
    if (failure.isTaken()) {
      look(message, decided);
    } else if (failure.isFull()) {
      onFull.run();
      again(message, decided, FULL_PAUSE_MILLIS);
    } else {
      again(message, decided, PAUSE_MILLIS);
    }
  }

  /** It may be ours: its acknowledgement may have been lost. */
  private void look(Stored message, Promise<Optional<Stored>> decided) {
    link.get(stream, message.subject())
        .onSuccess(
            found -> {
              if (found.isEmpty()) {
                // A replica that is behind has answered.
                again(message, decided, PAUSE_MILLIS);
              } else {
                decided.complete(found.filter(each -> !each.by().equals(Optional.of(by))));
              }
            })
        .onFailure(failure -> again(message, decided, PAUSE_MILLIS));
  }

  private void again(Stored message, Promise<Optional<Stored>> decided, long millis) {
    link.vertx().setTimer(millis, later -> attempt(message, decided));
  }
}
