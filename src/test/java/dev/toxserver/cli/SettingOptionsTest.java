package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Environment;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SettingOptionsTest {
  private static final Environment BARE = new Environment(Map.of(), Path.of("/"), List.of());

  @ParameterizedTest
  @CsvSource({
    "-p 80 serve,80",
    "-p80 serve,80",
    "--port=80 serve,80",
    "serve --port 80,80",
    "-p 1 serve -p 80,80"
  })
  void thePortIsTakenBeforeAndBehindTheWordServe(String words, int port) {
    assertThat(read(BARE, words).port(Setting.PORT)).isEqualTo(port);
  }

  @Test
  void serveTakesTheBindHostBehindTheWordAsTheManualOfTheOriginalWritesIt() {
    assertThat(read(BARE, "-p 80 serve -b 0.0.0.0").text(Setting.BIND_HOST)).isEqualTo("0.0.0.0");
    assertThat(read(BARE, "-b 0.0.0.0 -p 80 serve").text(Setting.BIND_HOST)).isEqualTo("0.0.0.0");
  }

  @ParameterizedTest
  @CsvSource({"serve,true", "serve --tee,true", "serve --no-tee,false", "serve --tee=false,false"})
  void theTeeCanBeSwitched(String words, boolean on) {
    assertThat(read(BARE, words).on(Setting.TEE)).isEqualTo(on);
  }

  @Test
  void theCommandLineCanSwitchOnWhatTheEnvironmentSwitchesOff() {
    Environment off = new Environment(Map.of("TOX_SERVER_TEE", "false"), Path.of("/"), List.of());

    assertThat(read(off, "serve").on(Setting.TEE)).isFalse();
    assertThat(read(off, "serve --tee").on(Setting.TEE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"debug,10", "INFO,20", "warning,30", "error,40", "15,15", "0,0"})
  void theLogLevelIsANameOrANumber(String text, int number) {
    assertThat(read(BARE, "-l " + text + " ping").logLevel().number()).isEqualTo(number);
    assertThat(read(BARE, "ping -l " + text).logLevel().number()).isEqualTo(number);
  }

  @Test
  void theFileInTheConfFolderIsReadUnlessAnotherIsNamed(@TempDir Path conf) throws Exception {
    Files.writeString(conf.resolve("tox-server.properties"), "port=1\n");
    Path other = Files.writeString(conf.resolve("other.properties"), "port=2\n");
    Environment environment = new Environment(Map.of(), Path.of("/"), List.of(conf));

    assertThat(read(environment, "ping").port(Setting.PORT)).isEqualTo(1);
    assertThat(read(environment, "--config " + other + " ping").port(Setting.PORT)).isEqualTo(2);
  }

  private static Settings read(Environment environment, String words) {
    CommandLine root = new ToxServer(environment).commandLine();
    CommandLine.ParseResult parsed = root.parseArgs(words.split(" "));
    return SettingOptions.read(parsed.subcommand().commandSpec(), environment);
  }
}
