package dev.toxserver.client.paths;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
  @TempDir Path temporary;
  private Path here;
  private Problems problems;

  @BeforeEach
  void aProject() throws IOException {
    here = Files.createDirectory(temporary.resolve("project"));
    Files.createFile(temporary.resolve("outside.py"));
    Path start = Files.createDirectories(here.resolve("sub/tests"));
    Files.createFile(start.resolve("test_x.py"));
    Files.createFile(here.resolve("setup.py"));
    problems = new Problems(new ProjectPaths("/src", here, start));
  }

  @Test
  void theErrorOfATracebackIsAtTheInnermostPlaceOfTheProjectsOwn() {
    print(
        """
        Traceback (most recent call last):
          File "<frozen importlib>", line 1, in f
          File "/src/setup.py", line 2, in f
            g()
          File "/src/sub/tests/test_x.py", line 12, in g
            self.assertEqual(54, 42)
            ~~~~~~~~~~~~~~~~^^^^^^^^
          File "/usr/lib/python3.11/unittest/case.py", line 873, in assertEqual
        AssertionError: 54 != 42 : on purpose
        Ran 1 test
        """);
    assertThat(problems.lines())
        .containsExactly(here + "/sub/tests/test_x.py:12: AssertionError: 54 != 42 : on purpose");
  }

  @Test
  void pytestTellsTheErrorBeforeThePlaceOrBehindIt() {
    print(
        """
        >       assert 1 == 2
        E       assert 1 == 2
        E        +  where 1 = f()

        sub/tests/test_x.py:4: AssertionError
        ____ test_short ____
        setup.py:3: in test_short
            helper()
        test_x.py:8: in helper
            raise ValueError("boom")
        E   ValueError: boom
        sub/tests/test_x.py:20:\s
        _ _ _
        E       json.JSONDecodeError: in other people's code
        /usr/lib/python3.11/json/decoder.py:355: JSONDecodeError
        E     File "/src/setup.py", line 1
        E       def x(:
        E             ^
        E   SyntaxError: invalid syntax
        """);
    assertThat(problems.lines())
        .containsExactly(
            here + "/sub/tests/test_x.py:4: assert 1 == 2",
            here + "/sub/tests/test_x.py:8: ValueError: boom",
            here + "/sub/tests/test_x.py:20: json.JSONDecodeError: in other people's code",
            here + "/setup.py:1: SyntaxError: invalid syntax");
  }

  @Test
  void aLintersLineIsTakenWithOrWithoutAColumnAndEachOnce() {
    print("setup.py:3:1: F401 'os' imported but unused\r\n\033[1msetup.py\033[0m:9: error: no\r\n");
    print("setup.py:9: error: no\n");
    assertThat(problems.lines())
        .containsExactly(
            here + "/setup.py:3: F401 'os' imported but unused", here + "/setup.py:9: error: no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12:30:45: started",
        "localhost:8080: refused",
        "/usr/lib/x.py:3: not ours",
        "/src/none.py:3: no such file here",
        "/src/../outside.py:3: out of it",
        "../../../outside.py:1: out of it",
        ".tox/py/lib/python3.11/site-packages/x.py:3: theirs",
        "setup.py:3:",
        "setup.py: 3: a",
        "setup.py:99999999999: x",
        "a\0.py:3: x"
      })
  void whatIsNoProblemInTheUsersFilesIsNone(String line) {
    print(line + "\n");
    assertThat(problems.lines()).isEmpty();
  }

  @Test
  void theStreamsAreReadApartAndALineMayComeInPieces() {
    problems.take(Stream.STDOUT, "setup.py:1: a".getBytes(UTF_8));
    problems.take(Stream.STDERR, "setup.py:2: b\n".getBytes(UTF_8));
    print("\n 10%\r 20%\rsetup.py:3: c\n");
    assertThat(problems.lines())
        .containsExactlyInAnyOrder(
            here + "/setup.py:1: a", here + "/setup.py:2: b", here + "/setup.py:3: c");
  }

  @Test
  void aFloodKeepsTheFirstOfThemAndShortMessages() {
    for (int i = 1; i <= 6_000; i++) {
      print("setup.py:" + i + ": " + "x".repeat(1_000) + "\n");
    }
    print("y".repeat(10_000_000) + "setup.py:1: z\n");
    assertThat(problems.lines())
        .hasSize(5_000)
        .allMatch(line -> line.length() < here.toString().length() + 530);
  }

  @ParameterizedTest
  @CsvSource({"'', /, ''", "'', .a, ''", "E, ' ', ''", "E, ' ', \u2028"})
  @Timeout(2)
  void aLongLineTakesNoMoreThanItsLength(String begin, String middle, String end) {
    String line = begin + middle.repeat(4_000 / middle.length()) + end + "\n";
    for (int i = 0; i < 100; i++) {
      print(line);
    }
    assertThat(problems.lines()).isEmpty();
  }

  private void print(String text) {
    problems.take(Stream.STDOUT, text.getBytes(UTF_8));
  }
}
