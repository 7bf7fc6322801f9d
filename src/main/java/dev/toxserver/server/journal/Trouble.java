package dev.toxserver.server.journal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Why a journal's events can't be written, and what is missing by it. */
final class Trouble {
  /** After a write that has failed, the next one is tried when so much more has come. */
  private static final int RETRY_BYTES = KeptJournal.MEMORY_BYTES / 2;

  private static final int MOST_CHARACTERS = 200;
  private static final Logger LOG = Logger.getLogger(Trouble.class.getName());

  private final Consumer<Throwable> onLoss;
  private Throwable cause = new IOException("there is no folder for it");
  private boolean now;
  private long bytesSince;
  private boolean told;
  private Optional<String> missing = Optional.empty();

  /**
   * None yet.
   *
   * @param onLoss is told once, with the cause, if events are lost before the run has ended
   */
  Trouble(Consumer<Throwable> onLoss) {
    this.onLoss = onLoss;
  }

  /** Whether the last write has failed. */
  boolean isNow() {
    return now;
  }

  /** Whether the next may be tried. */
  boolean isWorthAnotherTry() {
    return bytesSince > RETRY_BYTES;
  }

  /** So much more has come. */
  void more(long bytes) {
    bytesSince += bytes;
  }

  void failed(Throwable failure) {
    now = true;
    cause = failure;
    bytesSince = 0;
  }

  void over() {
    now = false;
  }

  /** What an earlier server has lost. */
  void earlier(Optional<String> why) {
    missing = why;
  }

  /** Events will not be on disk. */
  void unwritten() {
    missing = missing.or(() -> Optional.of(notKept(cause)));
  }

  /**
   * Events are gone for good, which is told once.
   *
   * @param ended whether it is too late for that: the run's readers have left
   */
  void lost(boolean ended) {
    unwritten();
    if (!told && ended) {
      LOG.log(Level.WARNING, "The end of a run''s output can''t be kept: {0}", cause.toString());
    } else if (!told) {
      onLoss.accept(cause);
    }
    told = true;
  }

  /** Why not all is kept that should be, in one line for a person. */
  Optional<String> missing() {
    return missing;
  }

  /** Why output is missing, as its readers are told: without the server's paths, if possible. */
  static String notKept(Throwable failure) {
    boolean system = failure instanceof FileSystemException;
    String reason = system ? ((FileSystemException) failure).getReason() : failure.getMessage();
    String words =
        reason == null ? failure.getClass().getSimpleName() : reason.lines().findFirst().orElse("");
    return "it could not be kept: " + words.substring(0, Math.min(words.length(), MOST_CHARACTERS));
  }
}
