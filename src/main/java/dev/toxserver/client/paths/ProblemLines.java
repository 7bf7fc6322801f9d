package dev.toxserver.client.paths;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the problems in the lines of one stream: in Python's tracebacks, what pytest says of a
 * failed test, and lines that are {@code FILE:LINE: MESSAGE} or {@code FILE:LINE:COLUMN: MESSAGE},
 * as linters print them.
 */
public final class ProblemLines {
  private static final int LONGEST_MESSAGE = 500;

  private static final Pattern FRAME =
      Pattern.compile("(?:E {2,}+)?\\s*+File \"([^\"]+)\", line (\\d{1,9})\\b.*");

  /**
   * A name without a slash or an ending is a time, or a host with its port. What is looked ahead
   * for, and what is possessive, is matched once: the time that a line takes is that of its length.
   */
  private static final Pattern PLACE =
      Pattern.compile(
          "\\s*+((?=[^\\s:\"'<>|]*(?:/|\\.[A-Za-z]))[^\\s:\"'<>|]*+):(\\d{1,9})(?::\\d{1,9})?:(?: (.*))?");

  private static final Pattern PYTEST_ERROR = Pattern.compile("E {2,}+(.*)");
  private static final Pattern PYTEST_FRAME = Pattern.compile("in \\S+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.]*");
  private static final Pattern ERROR = Pattern.compile("[A-Za-z_][\\w.]*(?:: .*)?");

  /** Of other people's code: the place that counts is where the project's own has called it. */
  private static final Pattern FOREIGN =
      Pattern.compile("(?:^<|/site-packages/|/dist-packages/|/lib/python\\d|(?:^|/)\\.tox/).*");

  private final Consumer<Problem> problems;

  /** The innermost place of the project's own in a traceback whose error is yet to come. */
  private Place frame;

  /** The innermost one that pytest has told in its long form, where more follow. */
  private Place pytestCaller;

  /** The innermost one that pytest has told in its short form; the error follows. */
  private Place pytestFrame;

  /** What pytest has told of an error; the place follows. */
  private String pytestError;

  private record Place(String path, int line) {}

  /** Hands on each problem as soon as it is known. */
  public ProblemLines(Consumer<Problem> problems) {
    this.problems = problems;
  }

  /** Takes in the next line, without its end and without control sequences. */
  public void line(String line) {
    Matcher frameLine = FRAME.matcher(line);
    Matcher place = PLACE.matcher(line);
    Matcher error = PYTEST_ERROR.matcher(line);
    if (frameLine.matches()) {
      frame = own(frameLine, frame);
    } else if (place.matches()) {
      placed(place);
    } else if (error.matches()) {
      pytestError(error.group(1));
    } else if (frame != null && !line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
      endOfTraceback(line);
      frame = null;
    }
  }

  private void endOfTraceback(String line) {
    if (ERROR.matcher(line).matches()) {
      found(frame, line);
      frame = null;
    }
  }

  private void placed(Matcher line) {
    Place place = own(line, null);
    String message = line.group(3) == null ? "" : line.group(3).strip();
    if (message.isEmpty()) {
      pytestCaller = place == null ? pytestCaller : place;
    } else if (PYTEST_FRAME.matcher(message).matches()) {
      pytestFrame = place == null ? pytestFrame : place;
    } else {
      boolean told = pytestError != null && NAME.matcher(message).matches();
      Place where = place == null && told ? pytestCaller : place;
      if (where != null) {
        found(where, told ? pytestError : message);
        pytestCaller = null;
        pytestFrame = null;
        pytestError = null;
      }
    }
  }

  private void pytestError(String message) {
    if (frame != null) {
      // It has let Python tell where it can't read a file.
      endOfTraceback(message);
    } else if (pytestFrame != null) {
      found(pytestFrame, message);
      pytestFrame = null;
    } else if (pytestError == null) {
      pytestError = message;
    }
  }

  private void found(Place place, String message) {
    String text =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
    problems.accept(new Problem(place.path(), place.line(), text));
  }

  private static Place own(Matcher line, Place otherwise) {
    return FOREIGN.matcher(line.group(1)).find()
        ? otherwise
        : new Place(line.group(1), Integer.parseInt(line.group(2)));
  }
}
