package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong command line is answered by one line, and exit code 2. */
class UsageErrorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-p",
        "-x ping",
        "--no-such-option",
        "nonsense",
        "-p 1 nonsense",
        "-p 1 ping extra",
        "-p 1 ping --no-such-option",
        "-p 1 cancel -c",
        "-p 1 quit now",
        "-p 1 attach a/b",
        "-p 1 attach a b",
        "-p 1 attach --from-now=5",
        "-p 1 logs a.b",
        "-p 1 logs --from-now",
        "-p 1 status ä",
        "-p 1 rerun -x",
        "-p 1 rerun a b",
        "-p 1 cancel *",
        "-p 1 cancel abc -c run",
        "-p 1 --detach ping",
        "-p 1 --detach attach",
        "-p 1 --detach=5 run",
        "-p 1 --reconnect-timeout 0 run",
        "-p 1 serve -h",
        "-p 1 serve --jobs",
        "help nonsense",
        "completion fish",
        "-p x ping",
        "-p 65536 ping",
        "-p 0 ping",
        "-p -1 ping",
        "-p 1 -t 0 ping",
        "-p 1 -t soon run -e py",
        "-p 1 -l loud ping",
        "-p 1 serve --jobs 0",
        "-p 1 serve --queue-limit many",
        "-p 1 serve --window 1",
        "-p 1 serve --terminate-grace 0",
        "-p 1 --config /no/such/file ping",
        "ping",
        "serve",
        "run",
        "cancel",
        "quit"
      })
  void oneLineSaysWhatIsWrong(String words) {
    CommandLineResult result = CommandLineResult.of(words.split(" "));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("tox-server: ").endsWith("\n").hasLineCount(1);
    assertThat(result.err()).doesNotContain("Exception", "null");
  }

  @Test
  void aServerThatIsRefusedLeavesNoTokenBehind(@TempDir Path project) {
    String[] refused = {"-p", "1", "serve", "--jobs", "0"};
    assertThat(CommandLineResult.in(project, Map.of(), refused).code()).isEqualTo(2);
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void anIdThatIsNoneIsToldWhatOneIs() {
    assertThat(CommandLineResult.of("logs", "a/b").err())
        .contains("ID", "'a/b' is no run id: 1 to 64 of A-Z a-z 0-9 _ -");
  }

  @Test
  void withoutACommandTheHelpIsShownAsAnError() {
    CommandLineResult result = CommandLineResult.of();

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("tox-server [OPTIONS] COMMAND", "serve", "run", "ping");
  }

  @Test
  void aWrongVariableIsNamed() {
    CommandLineResult result = CommandLineResult.in(Map.of("TOX_SERVER_PORT", "http"), "ping");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("tox-server: TOX_SERVER_PORT: 'http' is not a port from 0 to 65535\n");
  }

  @Test
  void theFileThatConfigNamesIsRead(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("mine.properties"), "port=http\n");

    assertThat(CommandLineResult.of("--config", file.toString(), "ping").err())
        .startsWith("tox-server: port in the settings file: 'http' ");
    assertThat(CommandLineResult.of("ping", "--config", file.toString()).err())
        .startsWith("tox-server: port in the settings file: 'http' ");
    assertThat(CommandLineResult.in(Map.of("TOX_SERVER_CONFIG", file.toString()), "ping").err())
        .startsWith("tox-server: port in the settings file: 'http' ");
  }

  @Test
  void theLastOfTwoWinsSoThatAnAliasCanBeOverruled() {
    assertThat(CommandLineResult.of("-p", "first", "-p", "last", "ping").err())
        .isEqualTo("tox-server: -p, --port: 'last' is not a port from 0 to 65535\n");
  }

  @Test
  void aWrongWordIsNamed() {
    assertThat(CommandLineResult.of("-p", "1", "nonsense").err())
        .isEqualTo(
            "tox-server: there is no command or argument 'nonsense' here."
                + " See 'tox-server --help'.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "rnu -e py,run",
    "-p 1 statsu,status",
    "help atach,attach",
    "--detatch run,--detach",
    "-p 1 status --jsn,--json"
  })
  void aMistypedWordIsAnsweredByTheOneThatWasMeant(String words, String meant) {
    CommandLineResult result = CommandLineResult.of(words.split(" "));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(". Did you mean '" + meant + "'? See '").hasLineCount(1);
  }

  @Test
  void anArgumentThatIsOneTooManyIsNoMistypedCommand() {
    assertThat(CommandLineResult.of("-p", "1", "ping", "runn").err()).doesNotContain("Did you");
  }

  @Test
  void anOptionBehindTheCommandWinsOverOneBeforeIt() {
    assertThat(CommandLineResult.of("-p", "before", "ping", "-p", "behind").err())
        .contains("'behind'");
    assertThat(CommandLineResult.of("-p", "before", "serve", "-p", "behind").err())
        .contains("'behind'");
  }
}
