package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Map<Setting, String> FLAG = Map.of(Setting.HOST, "flag");
  private static final Map<String, String> VARIABLE = Map.of("TOX_SERVER_HOST", "variable");
  private static final Map<Setting, String> FILE = Map.of(Setting.HOST, "file");

  @Test
  void theCommandLineWinsOverTheEnvironmentOverTheFileOverTheDefault() {
    assertThat(new Settings(FLAG, VARIABLE, FILE).text(Setting.HOST)).isEqualTo("flag");
    assertThat(new Settings(Map.of(), VARIABLE, FILE).text(Setting.HOST)).isEqualTo("variable");
    assertThat(new Settings(Map.of(), Map.of(), FILE).text(Setting.HOST)).isEqualTo("file");
    assertThat(new Settings(Map.of(), Map.of(), Map.of()).text(Setting.HOST))
        .isEqualTo("localhost");
  }

  @Test
  void anEmptyVariableAndAnEmptyLineInTheFileCountAsUnset() {
    Settings settings =
        new Settings(
            Map.of(),
            Map.of("TOX_SERVER_HOST", "", "TOX_SERVER_TIMEOUT", ""),
            Map.of(Setting.HOST, "file", Setting.TIMEOUT, "", Setting.TOX, ""));

    assertThat(settings.text(Setting.HOST)).isEqualTo("file");
    assertThat(settings.optionalSeconds(Setting.TIMEOUT)).isEmpty();
    assertThat(settings.text(Setting.TOX)).isEqualTo("tox");
  }

  @Test
  void aMissingPortSaysHowToGiveIt() {
    Settings settings = new Settings(Map.of(), Map.of(), Map.of());

    assertThatThrownBy(() -> settings.port(Setting.PORT))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("no port: give -p NUMBER or set TOX_SERVER_PORT");
  }

  @Test
  void eachErrorNamesTheSourceOfTheValue() {
    assertThatThrownBy(
            () -> new Settings(Map.of(Setting.PORT, "x"), Map.of(), Map.of()).port(Setting.PORT))
        .hasMessage("-p, --port: 'x' is not a port from 0 to 65535");
    assertThatThrownBy(
            () ->
                new Settings(Map.of(), Map.of("TOX_SERVER_JOBS", "two"), Map.of())
                    .count(Setting.JOBS))
        .hasMessage("TOX_SERVER_JOBS: 'two' is not a whole number from 1 to 2147483647");
    assertThatThrownBy(
            () -> new Settings(Map.of(), Map.of(), Map.of(Setting.TEE, "ja")).on(Setting.TEE))
        .hasMessage("tee in the settings file: 'ja' is not true or false");
  }

  @ParameterizedTest
  @CsvSource({
    "SPOOL_LIMIT,4294967296,a number of bytes from 65536 to 2147483647",
    "WINDOW,99999999999999999999,a number of bytes from 65536 to 2147483647",
    "JOBS,0,a whole number from 1 to 2147483647",
    "HISTORY,-1,a whole number from 0 to 2147483647",
    "PORT,65536,a port from 0 to 65535",
    "TIMEOUT,1e9,a number of seconds from 0.01 to 86400"
  })
  void aNumberThatIsTooLargeOrTooSmallIsToldTheRange(Setting setting, String text, String range) {
    Settings settings = given(setting, text);
    assertThatThrownBy(
            () -> {
              switch (setting) {
                case PORT -> settings.port(setting);
                case TIMEOUT -> settings.optionalSeconds(setting);
                default -> settings.count(setting);
              }
            })
        .hasMessageEndingWith("'%s' is out of range: give %s", text, range);
  }

  @Test
  void aLogIsToldWhatWasGivenAndWhereButNoSecret() {
    Settings settings =
        new Settings(
            Map.of(Setting.PORT, "80"),
            Map.of("TOX_SERVER_TOKEN", "hush", "TOX_SERVER_HOST", "there"),
            Map.of(Setting.HOST, "here", Setting.TOX, "nox"));

    assertThat(settings.given())
        .containsExactly(
            "port = 80, from -p, --port",
            "host = there, from TOX_SERVER_HOST",
            "token, from TOX_SERVER_TOKEN",
            "tox = nox, from tox in the settings file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65535", " 80 "})
  void aPortIsAWholeNumberUpTo65535(String text) {
    assertThat(given(Setting.PORT, text).port(Setting.PORT))
        .isEqualTo(Integer.parseInt(text.strip()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1", "65536", "80.0", "0x50", "99999999999999999999"})
  void nothingElseIsAPort(String text) {
    assertThatThrownBy(() -> given(Setting.PORT, text).port(Setting.PORT))
        .isInstanceOf(InvalidSettingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "86401", "five", "", "1e400", "0.0004"})
  void nothingElseIsATimeInSeconds(String text) {
    assertThatThrownBy(() -> given(Setting.TERMINATE_GRACE, text).millis(Setting.TERMINATE_GRACE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("--terminate-grace: ");
    assertThatThrownBy(() -> given(Setting.TIMEOUT, text).optionalSeconds(Setting.TIMEOUT))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("-t, --timeout: ");
  }

  @Test
  void aTimeMayHaveAFraction() {
    assertThat(given(Setting.TERMINATE_GRACE, "0.25").millis(Setting.TERMINATE_GRACE))
        .isEqualTo(250);
    assertThat(given(Setting.TIMEOUT, "0.25").optionalSeconds(Setting.TIMEOUT)).contains(0.25);
  }

  @ParameterizedTest
  @CsvSource({"JOBS,1,0", "QUEUE_LIMIT,0,-1", "WINDOW,65536,65535"})
  void aCountHasALeastValue(Setting setting, String least, String less) {
    assertThat(given(setting, least).count(setting)).isEqualTo(Integer.parseInt(least));
    assertThatThrownBy(() -> given(setting, less).count(setting))
        .isInstanceOf(InvalidSettingException.class);
    assertThatThrownBy(() -> given(setting, "2147483648").count(setting))
        .isInstanceOf(InvalidSettingException.class);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "ON,true", "1,true", "Yes,true", "false,false", "off,false", "0,false"})
  void aSwitchIsOnOrOffInAnyUsualWord(String text, boolean on) {
    assertThat(given(Setting.TEE, text).on(Setting.TEE)).isEqualTo(on);
  }

  @ParameterizedTest
  @CsvSource({"auto,AUTO", "Always,ALWAYS", "never,NEVER", "true,ALWAYS", "off,NEVER"})
  void whatIsNotAlwaysWantedIsOnOffOrAutomatic(String text, When when) {
    assertThat(given(Setting.TTY, text).when(Setting.TTY)).isEqualTo(when);
  }

  @Test
  void aBlankTextOnTheCommandLineIsRefused() {
    assertThatThrownBy(() -> given(Setting.HOST, " ").text(Setting.HOST))
        .hasMessage("-h, --host: is empty");
  }

  @Test
  void anUnknownLogLevelIsRefused() {
    assertThat(given(Setting.LOG_LEVEL, "info").logLevel()).isEqualTo(new LogLevel(20));
    assertThatThrownBy(() -> given(Setting.LOG_LEVEL, "loud").logLevel())
        .hasMessage("-l, --log-level: 'loud' is not debug, info, warning, error or a number");
  }

  private static Settings given(Setting setting, String text) {
    return new Settings(Map.of(setting, text), Map.of(), Map.of());
  }
}
