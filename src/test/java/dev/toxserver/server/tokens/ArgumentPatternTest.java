package dev.toxserver.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toxserver.protocol.MalformedException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which arguments a pattern lets through, and which an attacker would like it to. */
class ArgumentPatternTest {
  private static final String TESTS = "-e py311 -- tests/** ...";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-e py311 -- tests/",
        "-e py311 -- tests/unit/test_a.py",
        "-e py311 -- tests/test_a.py::TestB::test_c[1-x] tests/b..c.py",
        "-e py311 -- tests/größe.py tests/a tests/b tests/c"
      })
  void whatItsAuthorMeansIsLetThrough(String args) {
    assertThat(matches(TESTS, args)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-e py311",
        "-e py311 --",
        "-e py312 -- tests/a",
        "-e py311,deploy -- tests/a",
        "-e py311 -e deploy -- tests/a",
        "-e py311 -x testenv.commands=id -- tests/a",
        "-e py311 --override testenv.commands=id -- tests/a",
        "-c evil.ini -e py311 -- tests/a",
        "-e py311 -c evil.ini -- tests/a",
        "--workdir /tmp -e py311 -- tests/a",
        "--root / -e py311 -- tests/a",
        "-e py311 --installpkg evil.whl -- tests/a",
        "-e py311 --result-json /etc/passwd -- tests/a",
        "exec -e py311 -- tests/a",
        "-e py311 exec -- tests/a",
        "-ve py311 -- tests/a"
      })
  void noOptionOfToxsGetsIn(String args) {
    assertThat(matches(TESTS, args)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-e py311 -- tests/a -p evil",
        "-e py311 -- -pevil",
        "-e py311 -- tests/a --rootdir=/",
        "-e py311 -- -c evil.ini",
        "-e py311 -- tests/a --basetemp=/home",
        "-e py311 -- tests/a -o python_files=*",
        "-e py311 -- @tests/options",
        "-e py311 -- tests/a @/tmp/options",
        "-e py311 -- /tmp/evil.py"
      })
  void noOptionOfPytestsGetsInAndNoFileOfOptions(String args) {
    assertThat(matches(TESTS, args)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tests/..",
        "tests/../evil.py",
        "tests/../../etc/evil.py",
        "tests/a/..::test",
        "tests/a/../../b"
      })
  void nothingLeadsUpwards(String path) {
    assertThat(matches(TESTS, List.of("-e", "py311", "--", path))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tests/a -p evil",
        "tests/a;id",
        "tests/$(id)",
        "tests/`id`",
        "tests/a|id",
        "tests/a&id",
        "tests/a>b",
        "tests/{env:SECRET}",
        "tests/'a'",
        "tests/\"a",
        "tests/a\\b",
        "tests/a\n-p",
        "tests/a,b",
        "tests/a=b",
        "tests/~",
        "tests/*",
        "tests/\0",
        "tests/\u2028",
        "tests/\ud83d\ude00",
        ""
      })
  void noArgumentHasWhatAShellOrToxWouldReadAsMoreThanAName(String path) {
    assertThat(matches(TESTS, List.of("-e", "py311", "--", path))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "-e py3*,-e py311,true",
    "-e py3*,-e py3,true",
    "-e py3*,'-e py311,lint',false",
    "-e py3*,-e py3/x,false",
    "-e *,-e py311,true",
    "-e *,-e -x,false",
    "-e *,-e /etc,false",
    "**,/etc/x,false",
    "**,a/b,true",
    "**,--,false",
    "-k *,-k login,true",
    "-k *,-k -x,false",
    "--cov=*,--cov=src,true",
    "--cov=*,--cov=src/a,false",
    "a*b*c,aXbYc,true",
    "a*b*c,aXbY,false",
    "a,A,false",
    "a ...,a a a,true",
    "a ...,a b,false",
    "'  a   b ',a b,true"
  })
  void aWordIsForOneArgument(String pattern, String args, boolean matches) {
    assertThat(matches(pattern, args)).isEqualTo(matches);
  }

  @Test
  void withoutAWordThereMayBeNoArgument() {
    assertThat(matches("", List.of())).isTrue();
    assertThat(matches(" ", List.of("-x"))).isFalse();
    assertThat(matches("", List.of(""))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-*", "--*", "-e*", "*** x", "../*", "a/../**", "...", "a ... b", "a\tb"})
  void whatWouldLetThroughMoreThanItsAuthorSeesIsNoPattern(String pattern) {
    assertThatThrownBy(() -> ArgumentPattern.parse(pattern))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("args: '" + pattern + "' is no pattern: ");
  }

  @Test
  void theLongestArgumentsAreJudgedInNoTimeAndLongerOnesNotAtAll() {
    String worst = "*a".repeat(512);
    String most = "a".repeat(ArgumentPattern.MAX_ARGS_CHARACTERS - 1);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(matches(worst, List.of(most + "b"))).isFalse());
    assertThat(matches("a*", List.of(most + "a"))).isTrue();
    assertThat(matches("a*", List.of(most + "aa"))).isFalse();
    assertThat(matches("a ...", Collections.nCopies(4_096, "a"))).isTrue();
    assertThat(matches("aaa ...", Collections.nCopies(4_096, "aaa"))).isFalse();
  }

  private static boolean matches(String pattern, String args) {
    return matches(pattern, args.isEmpty() ? List.of() : List.of(args.split(" ")));
  }

  private static boolean matches(String pattern, List<String> args) {
    return ArgumentPattern.parse(pattern).matches(args);
  }
}
