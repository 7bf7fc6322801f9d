package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchOptionsTest {
  @Test
  void aFolderThatIsNotThereIsRefused() {
    CommandLineResult result =
        CommandLineResult.of("-p", "1", "--watch", "no-such-folder", "watch", "-e", "py");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("tox-server: --watch: ")
        .contains("no-such-folder is no folder");
  }

  @Test
  void whatIsNoGlobIsRefused() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "--ignore", "[a", "watch");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("tox-server: --ignore: '[a' is no glob");
  }

  @Test
  void theOptionsOfWatchAreForNothingElse() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "--ignore", "x", "run");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("tox-server: --ignore before the word is for watch only");
  }

  @Test
  void jsonBeforeTheWordIsForThoseWhoseArgumentsAreAProgrammes() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "--json", "status");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("tox-server: --json before the word is for run, exec, watch and rerun only");
  }

  @Test
  void aWatchIsNotLeftAlone() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "--detach", "watch");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("tox-server: --detach before the word is for run, exec and rerun only");
  }

  @Test
  void theHelpOfWatchIsOursOnlyByTheWordHelp() {
    assertThat(CommandLineResult.of("help", "watch").out())
        .contains("Example: tox-server -p 9876 watch", "after each save", "--ignore");
  }
}
