package dev.toxserver.client;

import dev.toxserver.protocol.RunEvent;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Tells the user that the run waits for its turn, and behind which run: when it has waited for 2 s,
 * and again each time its place changes.
 */
final class QueueNotice {
  private static final long PATIENCE_MILLIS = 2_000;
  private static final int MOST_OF_ARGS = 60;

  private final Vertx vertx;
  private final Terminal terminal;
  private Optional<RunEvent.Place> place = Optional.empty();
  private boolean begun;
  private boolean due;
  private boolean over;

  QueueNotice(Vertx vertx, Terminal terminal) {
    this.vertx = vertx;
    this.terminal = terminal;
  }

  /** The run waits; its place may not be known yet. */
  void begin() {
    if (!begun) {
      begun = true;
      vertx.setTimer(
          PATIENCE_MILLIS,
          timer -> {
            due = true;
            say();
          });
    }
  }

  /** The run has this place; told again, it says nothing new. */
  void moved(RunEvent.Place newPlace) {
    if (place.filter(newPlace::equals).isPresent()) {
      return;
    }
    place = Optional.of(newPlace);
    begin();
    if (due) {
      say();
    }
  }

  /** Tells nothing more: the run has its turn, or the exchange has ended. */
  void end() {
    over = true;
  }

  private void say() {
    if (!over) {
      terminal.sayQueued(place.map(QueueNotice::words).orElse(""));
    }
  }

  /** {@code : 2nd in line, behind ID (ARGS)}. */
  static String words(RunEvent.Place place) {
    String inLine = place.position() == 1 ? "next in line" : ordinal(place.position()) + " in line";
    return ": "
        + inLine
        + place.behind().map(run -> ", behind " + run.id() + arguments(run)).orElse("");
  }

  private static String arguments(RunEvent.Predecessor run) {
    return run.args().isEmpty() ? "" : " (" + ShellWord.line(run.args(), MOST_OF_ARGS) + ")";
  }

  private static String ordinal(int number) {
    boolean teen = number / 10 % 10 == 1;
    return number
        + switch (teen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
