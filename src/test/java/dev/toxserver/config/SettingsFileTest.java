package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve(SettingsFile.NAME);
  }

  @Test
  void valuesAreReadByKeyWithoutTheBlanksAround() throws IOException {
    Files.writeString(file, "# a comment\nport = 9876 \nbind-host=0.0.0.0\ntox=/opt/tö x/tox\n");

    assertThat(SettingsFile.read(file))
        .containsEntry(Setting.PORT, "9876")
        .containsEntry(Setting.BIND_HOST, "0.0.0.0")
        .containsEntry(Setting.TOX, "/opt/tö x/tox")
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prot", "PORT", "--port", "config"})
  void aKeyThatNoSettingHasIsRefused(String key) throws IOException {
    Files.writeString(file, key + "=1\n");

    assertThatThrownBy(() -> SettingsFile.read(file))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(file + ": there is no setting '" + key + "'");
  }

  @Test
  void aFileThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> SettingsFile.read(file))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("there is no settings file " + file);
  }

  @Test
  void aFileThatIsNoTextIsRefusedInOneLine() throws IOException {
    Files.write(file, "tox=\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> SettingsFile.read(file)).isInstanceOf(InvalidSettingException.class);

    Files.writeString(file, "tox=\\u00zz");
    assertThatThrownBy(() -> SettingsFile.read(file))
        .isInstanceOf(InvalidSettingException.class)
        .message()
        .doesNotContain("\n");
  }
}
