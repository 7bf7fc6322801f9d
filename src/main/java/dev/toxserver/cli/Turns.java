package dev.toxserver.cli;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does one thing after another on the main thread, whichever thread asks for it, until the command
 * leaves. Who asks bounds what waits here: saves, keys and ends of runs are few, and output is held
 * back by {@link MatrixTerminal}.
 */
final class Turns implements Executor {
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private Integer code;

  @Override
  public void execute(Runnable task) {
    waiting.add(task);
  }

  /**
   * Has something done that may block, elsewhere, and goes on with what came of it, in a turn. What
   * it throws is thrown there.
   */
  <T> void await(Supplier<T> blocking, Consumer<T> then) {
    CompletableFuture<T> result = CompletableFuture.supplyAsync(blocking);
    result.whenCompleteAsync((done, failure) -> then.accept(result.join()), this);
  }

  /** Nothing more is done after the task under way; called by one. */
  void leave(int exitCode) {
    code = exitCode;
  }

  /** Blocks until the command leaves; its exit code. */
  int untilLeft() {
    try {
      while (code == null) {
        waiting.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.number();
    }
    return code;
  }
}
