package dev.toxserver.cli;

import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.TestCounts;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Results as JUnit XML, for programs that show it: a suite for each environment, with how many
 * tests it had, and those that failed. An environment that failed without telling of tests has one
 * test of its own name.
 */
final class JUnitFile {
  private JUnitFile() {}

  static String of(RunResults results) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites>\n");
    results.environments().forEach(each -> suite(each, xml));
    return xml.append("</testsuites>\n").toString();
  }

  private static void suite(EnvironmentResult environment, StringBuilder xml) {
    boolean failedAlone = environment.isBad() && environment.failures().isEmpty();
    TestCounts told = environment.tests().orElse(new TestCounts(0, 0, 0));
    int failed = failedAlone ? Math.max(1, told.failed()) : told.failed();
    xml.append("  <testsuite");
    attribute("name", environment.name(), xml);
    attribute("tests", told.passed() + failed + told.skipped(), xml);
    attribute("failures", failed, xml);
    attribute("skipped", told.skipped(), xml);
    environment.durationMillis().ifPresent(millis -> attribute("time", millis / 1000.0, xml));
    xml.append(">\n");
    environment.failures().forEach(test -> test(test, xml));
    if (failedAlone) {
      test(
          new FailedTest(
              environment.name(), Optional.empty(), OptionalInt.empty(), "the environment failed"),
          xml);
    }
    xml.append("  </testsuite>\n");
  }

  private static void test(FailedTest test, StringBuilder xml) {
    int end = test.name().lastIndexOf("::");
    xml.append("    <testcase");
    attribute("classname", end < 0 ? "" : test.name().substring(0, end), xml);
    attribute("name", test.name().substring(end < 0 ? 0 : end + 2), xml);
    test.file().ifPresent(file -> attribute("file", file, xml));
    test.line().ifPresent(line -> attribute("line", line, xml));
    xml.append("><failure");
    attribute("message", test.message(), xml);
    xml.append("/></testcase>\n");
  }

  /** What XML can't hold at all, the results do not hold either. */
  private static void attribute(String name, Object value, StringBuilder xml) {
    String text =
        value.toString().replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    xml.append(' ').append(name).append("=\"").append(text).append('"');
  }
}
