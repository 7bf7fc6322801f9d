package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {

  @Test
  void theNamesThatFingersKnowStayAsTheyAre() {
    assertThat(Setting.PORT.flags()).containsExactly("-p", "--port");
    assertThat(Setting.HOST.flags()).containsExactly("-h", "--host");
    assertThat(Setting.BIND_HOST.flags()).containsExactly("-b", "--bind-host");
    assertThat(Setting.TIMEOUT.flags()).containsExactly("-t", "--timeout");
    assertThat(Setting.LOG_LEVEL.flags()).containsExactly("-l", "--log-level");
    assertThat(Setting.BIND_HOST.variable()).isEqualTo("TOX_SERVER_BIND_HOST");
  }

  @Test
  void noTwoSettingsShareAFlag() {
    assertThat(Arrays.stream(Setting.values()).flatMap(setting -> setting.flags().stream()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void eachDefaultIsAValueThatTheSettingTakes(Setting setting) {
    Settings defaults = new Settings(Map.of(), Map.of(), Map.of());

    if (setting.defaultValue().isPresent()) {
      Object value =
          switch (setting.type()) {
            case TEXT, SECRET -> defaults.text(setting);
            case PORT -> defaults.port(setting);
            case COUNT, COUNT_OR_ZERO, BYTES -> defaults.count(setting);
            case SIZE -> defaults.size(setting);
            case SECONDS, SECONDS_OR_ZERO -> defaults.millis(setting);
            case SWITCH -> defaults.on(setting);
            case WHEN -> defaults.when(setting);
            case LOG_LEVEL -> defaults.logLevel();
          };
      assertThat(value).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachSettingIsExplainedInASentence(Setting setting) {
    assertThat(setting.help()).hasSizeGreaterThan(20).endsWith(".");
  }
}
