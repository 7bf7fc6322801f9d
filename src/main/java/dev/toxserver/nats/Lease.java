package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says every other second that we are there, and learns by the acknowledgement that a majority of
 * the servers has heard it: who is cut off together with a minority of them knows that, too.
 * Belongs to its link's context.
 */
public final class Lease {
  static final long BEAT_MILLIS = 2_000;
  static final long KEPT_MILLIS = 5_000;

  private final NatsLink link;
  private final String subject;
  private final Supplier<Buffer> value;
  private final long graceNanos;
  private final Runnable onLost;
  private Runnable onBack = () -> {};
  private final long timer;
  private long heard = System.nanoTime();
  private boolean everHeard;
  private boolean under;
  private boolean lost;

  /**
   * Begins at once.
   *
   * @param key ours in the bucket of peers
   * @param value what others shall know; asked for each time
   * @param graceMillis how long we may go unheard
   * @param onLost is called when nothing that was sent within the grace was acknowledged; again
   *     only after something was
   */
  public Lease(
      NatsLink link, String key, Supplier<Buffer> value, long graceMillis, Runnable onLost) {
    this.link = link;
    this.subject = NatsSubjects.entry(NatsSubjects.PEERS_BUCKET, key);
    this.value = value;
    this.graceNanos = TimeUnit.MILLISECONDS.toNanos(graceMillis);
    this.onLost = onLost;
    this.timer = link.vertx().setPeriodic(0, BEAT_MILLIS, beat -> beat());
  }

  /** Whether a majority of the servers has heard us within the last 5 s. */
  public boolean isKept() {
    return everHeard && silentNanos() < TimeUnit.MILLISECONDS.toNanos(KEPT_MILLIS);
  }

  /** Names who is called when we are heard again after we had lost it. */
  public void onBack(Runnable listener) {
    onBack = listener;
  }

  /** Tells the others now, before its time. */
  public void tell() {
    if (!under) {
      beat();
    }
  }

  /** Says that we leave; fails within seconds if that can't be kept. */
  public Future<Void> close() {
    link.vertx().cancelTimer(timer);
    return link.delete(subject);
  }

  private long silentNanos() {
    return System.nanoTime() - heard;
  }

  private void beat() {
    if (silentNanos() > graceNanos && !lost) {
      lost = true;
      onLost.run();
    }
    if (!under) {
      under = true;
      long sent = System.nanoTime();
      link.put(Stored.of(subject, value.get()))
          .onComplete(
              answer -> {
                under = false;
                if (answer.succeeded()) {
                  heardAt(sent);
                }
              });
    }
  }

  private void heardAt(long sent) {
    heard = sent;
    everHeard = true;
    if (lost) {
      lost = false;
      onBack.run();
    }
  }
}
