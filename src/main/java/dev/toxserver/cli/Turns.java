package dev.toxserver.cli;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Does one thing after another on the main thread, whichever thread asks for it, until the command
 * leaves. What asks is slow, as saves, keys and ends of runs are, so that the queue stays short.
 */
final class Turns implements Executor {
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private Integer code;

  @Override
  public void execute(Runnable task) {
    waiting.add(task);
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
