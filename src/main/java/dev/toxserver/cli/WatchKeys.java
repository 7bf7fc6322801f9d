package dev.toxserver.cli;

import dev.toxserver.watch.LineInput;
import dev.toxserver.watch.Words;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** What watch's keys do. All calls are on the main thread. */
final class WatchKeys {
  private static final String HELP =
      """
      Enter, a  run all, as it was given to tox
      f         run the environments that failed in the last run, until a
      e         choose tox's environments, until a
      p         choose tests, until a: words for tox's posargs, such as -k login
      d         run in the debugger (--pdb in tox's posargs), which has the keyboard until it ends
      c         end the run under way
      q, ^C     end it, and leave
      ?         this""";

  private final WatchSession watch;
  private final WatchReport report;

  /** The line that is being typed, and what is done with it. */
  private Optional<LineInput> line = Optional.empty();

  private Consumer<String> then;

  WatchKeys(WatchSession watch, WatchReport report) {
    this.watch = watch;
    this.report = report;
  }

  /** Takes what was typed. */
  void typed(byte[] keys) {
    for (byte key : keys) {
      if (line.isPresent()) {
        edit(line.get(), key);
      } else {
        obey((char) (key & 0xff));
      }
    }
  }

  private void obey(char key) {
    switch (key) {
      case '\r', '\n', 'a' -> watch.runAll();
      case 'f' -> watch.runFailed();
      case 'e' -> ask("environments, such as py311,lint: ", watch::runEnvironments);
      case 'p' ->
          ask("words for the tests, such as -k login: ", text -> watch.runTests(Words.of(text)));
      case 'd' -> watch.runDebugger();
      case 'c' -> watch.cancel();
      case 'q' -> watch.interrupt();
      case '?' -> watch.tell(HELP);
      default -> {
        // It has no meaning.
      }
    }
  }

  /** Saves make no run before the line is typed. */
  private void ask(String question, Consumer<String> answered) {
    watch.hold();
    line = Optional.of(new LineInput());
    then = answered;
    report.show(question.getBytes(StandardCharsets.UTF_8));
  }

  private void edit(LineInput typed, byte key) {
    report.show(typed.type(key));
    if (typed.isDone()) {
      report.show(new byte[] {'\n'});
      line = Optional.empty();
      typed.line().map(String::strip).filter(text -> !text.isEmpty()).ifPresent(then);
      watch.release();
    }
  }
}
