package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLevelTest {

  @ParameterizedTest
  @CsvSource({
    "debug,10",
    "info,20",
    "warning,30",
    "warn,30",
    "error,40",
    "critical,50",
    "INFO,20",
    "' Error ',40",
    "10,10",
    "25,25",
    "0,0"
  })
  void aLevelIsANameInAnyCaseOrANumber(String text, int number) {
    assertThat(LogLevel.parse(text)).contains(new LogLevel(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "loud", "1.5", "99999999999"})
  void nothingElseIsALevel(String text) {
    assertThat(LogLevel.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,FINE",
    "10,FINE",
    "11,INFO",
    "20,INFO",
    "21,WARNING",
    "30,WARNING",
    "31,SEVERE",
    "40,SEVERE",
    "41,OFF"
  })
  void aNumberShowsWhatIsAtLeastAsGrave(int number, String level) {
    assertThat(new LogLevel(number).toJavaLevel()).isEqualTo(Level.parse(level));
  }

  @Test
  void onlyDebugShowsTraces() {
    assertThat(new LogLevel(10).isDebug()).isTrue();
    assertThat(new LogLevel(11).isDebug()).isFalse();
  }
}
