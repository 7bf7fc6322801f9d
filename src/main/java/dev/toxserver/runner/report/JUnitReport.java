package dev.toxserver.runner.report;

import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.TestCounts;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file of JUnit XML says of an environment's tests. */
final class JUnitReport {
  /**
   * What pytest writes under the traceback of a failure, {@code test_a.py:12: AssertionError}; not
   * its lines of source and of explanation, which begin with {@code >} and {@code E}.
   */
  private static final Pattern PLACE =
      Pattern.compile("^(?![>E] )([^\\s:][^:\n]*):(\\d{1,9}): ", Pattern.MULTILINE);

  private final int mostFailures;
  private final List<FailedTest> failures = new ArrayList<>();
  private int passed;
  private int failed;
  private int skipped;

  private JUnitReport(int mostFailures) {
    this.mostFailures = mostFailures;
  }

  /**
   * Reads one.
   *
   * @param mostFailures so many are told; all are counted
   * @throws IOException if it can't be read, or is no such file
   */
  static JUnitReport read(InputStream in, int mostFailures) throws IOException {
    JUnitReport report = new JUnitReport(mostFailures);
    XmlReader xml = new XmlReader(in);
    int depth = 0;
    for (XmlReader.Token token = xml.next(); token != XmlReader.Token.EOF; token = xml.next()) {
      if (token == XmlReader.Token.END) {
        depth--;
      } else if (depth == 0 && !xml.name().startsWith("testsuite")) {
        throw new IOException("is no JUnit XML");
      } else if (xml.name().equals("testcase")) {
        report.test(xml);
      } else {
        depth++;
      }
    }
    if (depth > 0) {
      throw new IOException("is cut off");
    }
    return report;
  }

  TestCounts counts() {
    return new TestCounts(passed, failed, skipped);
  }

  List<FailedTest> failures() {
    return failures;
  }

  /** Reads a test to its end; the first failure in it counts. */
  private void test(XmlReader xml) throws IOException {
    String name = name(xml);
    Optional<String> file = Optional.of(xml.attribute("file")).filter(path -> !path.isEmpty());
    OptionalInt line = number(xml.attribute("line"));
    boolean isSkipped = false;
    boolean isBad = false;
    String message = "";
    for (int depth = 1; depth > 0; ) {
      XmlReader.Token token = xml.next();
      boolean isFailure = xml.name().equals("failure") || xml.name().equals("error");
      if (token == XmlReader.Token.EOF) {
        throw new IOException("is cut off");
      } else if (token == XmlReader.Token.START) {
        depth++;
        isSkipped |= xml.name().equals("skipped");
        message = isFailure && !isBad ? xml.attribute("message") : message;
      } else {
        depth--;
        if (isFailure && !isBad) {
          isBad = true;
          Matcher place = lastPlace(xml.text());
          if (place != null) {
            file = Optional.of(place.group(1));
            line = number(place.group(2));
          }
          message = message.isBlank() ? xml.text() : message;
        }
      }
    }
    if (isBad) {
      failed++;
      fail(new FailedTest(name, file.map(RunResults::shown), line, RunResults.shown(message)));
    } else if (isSkipped) {
      skipped++;
    } else {
      passed++;
    }
  }

  private void fail(FailedTest test) {
    if (failures.size() < mostFailures) {
      failures.add(test);
    }
  }

  private static String name(XmlReader xml) {
    String group = xml.attribute("classname");
    String name = xml.attribute("name");
    return RunResults.shown(group.isEmpty() ? name : group + "::" + name);
  }

  private static Matcher lastPlace(String text) {
    Matcher place = PLACE.matcher(text);
    int last = -1;
    while (place.find()) {
      last = place.start();
    }
    return last >= 0 && place.find(last) ? place : null;
  }

  private static OptionalInt number(String digits) {
    return digits.matches("\\d{1,9}")
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }
}
