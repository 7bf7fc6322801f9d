package dev.toxserver.runner;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** What is still to do when a run has ended and its output is read. Lives on its context. */
final class Closing {
  private final Workers workers;
  private final Launched launched;
  private final Consumer<String> tell;

  /**
   * Of one run.
   *
   * @param tell tells the run's user something, in one line
   */
  Closing(Workers workers, Launched launched, Consumer<String> tell) {
    this.workers = workers;
    this.launched = launched;
    this.tell = tell;
  }

  /** Completes when nothing is left to do, or fails when nothing more can be done. */
  Future<Void> after(RunOutput output) {
    return (output.wasCutOff() ? endHolders() : Future.<Void>succeededFuture())
        .eventually(this::closeStreams)
        .onComplete(done -> launched.survivors().release());
  }

  /** A stream that was left before its end may be held open by what nobody has found. */
  private Future<Void> endHolders() {
    return workers
        .insist(() -> launched.survivors().endHolders(launched.streams().names()))
        .onSuccess(others -> others.forEach(this::tellOfHolder))
        .mapEmpty();
  }

  private void tellOfHolder(long pid) {
    tell.accept(
        "process %d on the server holds this run's output open, and is none of its own: it was not ended"
            .formatted(pid));
  }

  /** Whose output alone was read has nothing left to close. */
  private Future<Void> closeStreams() {
    if (launched.streams().input().isEmpty()) {
      return Future.succeededFuture();
    }
    return workers.run(
        () -> {
          launched.streams().close();
          return null;
        });
  }
}
