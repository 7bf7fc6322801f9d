package dev.toxserver.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.TestCounts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JUnitReportTest {

  @Test
  void whatPytestWritesIsCountedAndItsFailuresHaveTheirPlace() throws IOException {
    JUnitReport report =
        read(
            """
            <?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" tests="5">
            <testcase classname="t.test_a" name="test_ok" time="0.1" />
            <testcase classname="t.test_a" name="test_skip"><skipped message="later">t.py:9: x</skipped></testcase>
            <testcase classname="t.test_a" name="test_p[&lt;&quot;&#228;]"><failure message="assert 1 == 2&#10;more">x = 1
            &gt;       assert 1 == 2
            E       other.py:7: assert 1 == 2

            t/test_a.py:5: in test_p
            t/deep.py:12: AssertionError</failure></testcase>
            <testcase classname="t.test_a" name="test_err"><error message="failed on setup">
            conftest.py:3: RuntimeError</error></testcase>
            </testsuite></testsuites>
            """);

    assertThat(report.counts()).isEqualTo(new TestCounts(1, 2, 1));
    assertThat(report.failures())
        .containsExactly(
            failed("t.test_a::test_p[<\"ä]", "t/deep.py", 12, "assert 1 == 2"),
            failed("t.test_a::test_err", "conftest.py", 3, "failed on setup"));
  }

  @Test
  void whereTheTextTellsNoPlaceTheAttributesDo() throws IOException {
    JUnitReport report =
        read(
            "<testsuite><testcase name='a' file='a.py' line='4'><failure><![CDATA[why]]></failure>"
                + "</testcase><testcase name='b'><failure/></testcase></testsuite>");

    assertThat(report.failures())
        .containsExactly(
            failed("a", "a.py", 4, "why"),
            new FailedTest("b", Optional.empty(), OptionalInt.empty(), ""));
  }

  @Test
  void ofATestThatFailsTwiceTheFirstFailureIsToldAndItIsOneTest() throws IOException {
    JUnitReport report =
        read(
            "<testsuite><testcase name='a'><failure message='one'/><error message='two'/>"
                + "<system-out>noise</system-out></testcase></testsuite>");

    assertThat(report.counts()).isEqualTo(new TestCounts(0, 1, 0));
    assertThat(report.failures()).extracting(FailedTest::message).containsExactly("one");
  }

  @Test
  void moreFailuresThanAreWantedAreCountedOnly() throws IOException {
    String one = "<testcase name='a'><failure message='no'/></testcase>";
    JUnitReport report =
        JUnitReport.read(stream("<testsuite>" + one.repeat(7) + "</testsuite>"), 3);

    assertThat(report.counts().failed()).isEqualTo(7);
    assertThat(report.failures()).hasSize(3);
  }

  @Test
  void whatATerminalWouldObeyAndWhatIsLongDoesNotComeThrough() throws IOException {
    JUnitReport report =
        read(
            "<testsuite><testcase name='\033]0;x&#7;&#27;[2J'><failure message='"
                + "m".repeat(100_000)
                + "'/></testcase></testsuite>");

    assertThat(report.failures().get(0).name()).isEqualTo("?]0;x??[2J");
    assertThat(report.failures().get(0).message()).isEqualTo("m".repeat(299));
  }

  @ParameterizedTest
  @CsvSource({
    "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><testsuite/>, document type",
    "<testsuite><testcase name=\"&b;\"/></testsuite>, entity",
    "<testsuite><testcase name=\"&#xffffffff;\"/></testsuite>, entity",
    "<testsuite><testcase name=\"a, cut off",
    "<testsuite><testcase name=\"a\">, cut off",
    "<testsuite>, cut off",
    "<testsuite a/>, no value",
    "<testsuite a=b/>, no quotes",
    "<html/>, no JUnit XML",
    "<<, name is missing",
    "<testsuite><![CDATA[x]], cut off",
    "<testsuite><!-- x, cut off",
  })
  void whatIsNoSuchFileIsSaidToBeNone(String xml, String why) {
    assertThatThrownBy(() -> read(xml)).isInstanceOf(IOException.class).hasMessageContaining(why);
  }

  @Test
  void ofALongValueTheBeginningIsKeptAndOfALongTextTheEnd() throws IOException {
    String much = "x".repeat(1_000_000);
    XmlReader xml = new XmlReader(stream("<a b='1" + much + "'>" + much + "2</a>"));

    assertThat(xml.next()).isEqualTo(XmlReader.Token.START);
    assertThat(xml.attribute("b")).startsWith("1").hasSizeLessThan(10_000);
    assertThat(xml.next()).isEqualTo(XmlReader.Token.END);
    assertThat(xml.text()).endsWith("2").hasSizeLessThan(20_000);
    assertThatThrownBy(() -> read("<testsuite><" + much + "/></testsuite>"))
        .hasMessageContaining("name has no end");
  }

  private static FailedTest failed(String name, String file, int line, String message) {
    return new FailedTest(name, Optional.of(file), OptionalInt.of(line), message);
  }

  private static JUnitReport read(String xml) throws IOException {
    return JUnitReport.read(stream(xml), 100);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
