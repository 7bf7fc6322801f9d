package dev.toxserver.runner;

import dev.toxserver.protocol.RunId;
import dev.toxserver.runner.report.RunFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A program that waits at its gate (gate.sh beside this class): its process is there, and it begins
 * when it is told to.
 *
 * @param command the program and its arguments, without what was put before them
 * @param notices what its user should know about how it was started, a line each
 * @param streams where its output comes from, and its input goes
 * @param survivors where to look for what it leaves behind
 * @param files where it leaves its results
 */
record Launched(
    Process process,
    List<String> command,
    List<String> notices,
    RunStreams streams,
    Survivors survivors,
    RunFiles files) {
  private static final Logger LOG = Logger.getLogger(Launched.class.getName());

  /**
   * Has a thread of its own tell when the process has ended. Java's own way to tell it
   * (Process.onExit) may want a new thread at that moment, and none may be left.
   */
  void awaitExit(RunId id, CompletableFuture<Void> ended) {
    Thread thread =
        new Thread(
            () -> {
              try {
                process.waitFor();
                ended.complete(null);
              } catch (InterruptedException e) {
                ended.completeExceptionally(e);
              }
            },
            "run-" + id + "-exit");
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets it begin. Never blocks: the pipe is empty. */
  void begin() {
    try {
      OutputStream gate = process.getOutputStream();
      gate.write('\n');
      gate.flush();
      if (!streams.inputIsJavas()) {
        gate.close();
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "process {0} was killed at its gate", process.pid());
    }
  }

  /**
   * Ends it at its gate, with the exit code of a ^C: a signal might come before the process has
   * stopped ignoring it (see {@link Gate#probe}). Never blocks.
   */
  void turnBack() {
    streams.closeInput();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "process {0} was killed at its gate", process.pid());
    }
  }

  /** It must not begin: there is no thread to read what it would print. */
  void abandon() {
    process.destroyForcibly();
    files.delete();
    streams.outputs().values().forEach(OutputPipe::close);
    streams.close();
  }
}
