package dev.toxserver.cli;

/** What watch's keys do while it watches for a matrix. All calls are on the main thread. */
final class MatrixKeys {
  private static final String HELP =
      """
      Enter, a  run all; tox is asked again which there are
      f         run the environments that failed in the last matrix, until a
      c         end the matrix under way
      q, ^C     end it, and leave
      ?         this""";

  private final WatchedMatrix matrix;

  MatrixKeys(WatchedMatrix matrix) {
    this.matrix = matrix;
  }

  /** Takes what was typed. */
  void typed(byte[] keys) {
    for (byte key : keys) {
      obey((char) (key & 0xff));
    }
  }

  private void obey(char key) {
    switch (key) {
      case '\r', '\n', 'a' -> matrix.runAll();
      case 'f' -> matrix.runFailed();
      case 'c' -> matrix.cancel();
      case 'q' -> matrix.interrupt();
      case '?' -> matrix.tell(HELP);
      case 'd', 'e', 'p' ->
          matrix.tell("tox-server: a matrix has no key " + key + "; ? tells all.");
      default -> {
        // It has no meaning.
      }
    }
  }
}
