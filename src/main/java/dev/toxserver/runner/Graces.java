package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;

/**
 * How long the stages of a {@link Teardown} last, all in milliseconds.
 *
 * @param interrupt from SIGINT to SIGTERM
 * @param terminate from SIGTERM to SIGKILL
 * @param settle how long what the program left behind has to end by itself before it gets SIGTERM
 * @param lastWords the same for what holds the run's output open: it may be about to print
 * @param kill SIGKILL takes effect within this time, or something stands in its way (a process in
 *     the kernel)
 * @param retry how often SIGKILL is tried again after that
 */
record Graces(long interrupt, long terminate, long settle, long lastWords, long kill, long retry) {

  /** Those of a server: two of them are settings. */
  static Graces of(RunnerConfig config) {
    return new Graces(
        config.interruptGraceMillis(), config.terminateGraceMillis(), 200, 1_000, 5_000, 1_000);
  }
}
