package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** Everything after the word run belongs to tox, untouched. */
class RunArgumentsTest {

  static Stream<List<String>> arguments() {
    return Stream.of(
        List.of(),
        List.of("-e", "py311"),
        List.of("--"),
        List.of("--", "--"),
        List.of("--", "-k", "login"),
        List.of("-e", "py", "--", "-x", "--", "y", "--"),
        List.of("-h"),
        List.of("--help"),
        List.of("--version"),
        List.of("-V"),
        List.of("-p", "all", "--port", "1", "-l", "-t", "-b"),
        List.of("-p"),
        List.of("--no-such-option", "--with=value", "-abc", "-=", "-", "--="),
        List.of("--config=x", "--no-tee", "--tee"),
        List.of("run", "serve", "ping", "cancel", "quit", "help", "completion"),
        List.of("run", "run"),
        List.of("help"),
        List.of("", "", " ", "\t", "\n"),
        List.of("\"quoted\"", "'single'", "\"", "'", "a\\b", "\\"),
        List.of("é", "中文", "😀", "e\u0301", "\u200f"),
        List.of("@file", "@@x", "@", "@/etc/passwd"),
        List.of("$HOME", "${sys:user.name}", "${env:PATH:-x}", "%d", "%%", "*", "~", "`x`", "a;b"),
        List.of("=", "a=b", "-Da=b=c", "a,b", "-k", "not slow and (x or y)"),
        List.of("-1", "1e5", "null", "true"));
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void eachWordReachesTheRequestAsItWasTyped(List<String> args) {
    assertThat(parsed(List.of("-p", "1", "run"), args)).isEqualTo(args);
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void noWordIsTouchedBehindAnOptionEither(List<String> args) {
    List<String> all = Stream.concat(Stream.of("-e"), args.stream()).toList();

    assertThat(parsed(List.of("run"), all)).isEqualTo(all);
  }

  @Test
  void fourThousandWordsAreNoneTooMany() {
    List<String> args = Stream.generate(() -> "-x").limit(4_096).toList();

    assertThat(parsed(List.of("run"), args)).isEqualTo(args);
  }

  @Test
  void optionsBeforeTheWordAreOurs() {
    ParseResult parsed = parse(Stream.of("-p", "9", "-h", "box", "run", "-p", "all"));

    assertThat(parsed.<String>matchedOptionValue("-p", "")).isEqualTo("9");
    assertThat(parsed.<String>matchedOptionValue("-h", "")).isEqualTo("box");
  }

  @Test
  void noOptionAfterTheWordIsOurs() {
    CommandLineResult result = CommandLineResult.of("run", "--port", "9876", "--help");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("tox-server: no port: ");
    assertThat(result.out()).isEmpty();
  }

  private static List<String> parsed(List<String> before, List<String> args) {
    ParseResult run = parse(Stream.concat(before.stream(), args.stream())).subcommand();
    assertThat(run.commandSpec().name()).isEqualTo("run");
    assertThat(run.isUsageHelpRequested()).isFalse();
    assertThat(run.hasSubcommand()).isFalse();
    return run.matchedPositionalValue(0, List.of());
  }

  private static ParseResult parse(Stream<String> words) {
    return new ToxServer(new Environment(Map.of(), Path.of("/"), List.of()))
        .commandLine()
        .parseArgs(words.toArray(String[]::new));
  }
}
