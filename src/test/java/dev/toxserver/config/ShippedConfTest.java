package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in conf/ are what users read first: they must tell the truth. */
class ShippedConfTest {
  private static final Path FILE = Path.of("conf", SettingsFile.NAME);
  private static final Pattern COMMENTED = Pattern.compile("#[a-z-]+=.*");

  @Test
  void everySettingIsShownCommentedWithItsDefaultAndNothingElseIs() throws IOException {
    Map<String, String> shown =
        commentedLines().stream()
            .map(line -> line.substring(1).split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

    assertThat(shown.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values())
                .filter(Setting::belongsInFile)
                .map(Setting::key)
                .toList());
    for (Setting setting : Setting.values()) {
      setting
          .defaultValue()
          .ifPresent(value -> assertThat(shown).containsEntry(setting.key(), value));
    }
  }

  @Test
  void nothingIsSetAsItIsShipped() {
    assertThat(SettingsFile.read(FILE)).isEmpty();
  }

  @Test
  void withEveryHashTakenAwayItIsStillAFileThatWorks(@TempDir Path folder) throws IOException {
    Path copy = folder.resolve(SettingsFile.NAME);
    Files.write(copy, commentedLines().stream().map(line -> line.substring(1)).toList());
    Settings settings = new Settings(Map.of(), Map.of(), SettingsFile.read(copy));

    assertThat(ServerConfig.listen(settings).port()).isEqualTo(9876);
    assertThat(RunnerConfig.from(settings, Map.of()).tox()).isEqualTo("tox");
    assertThat(ClientConfig.from(settings, ClientConfigTest.NOWHERE).timeout()).isEmpty();
    assertThat(settings.logLevel()).isEqualTo(new LogLevel(30));
  }

  private static List<String> commentedLines() throws IOException {
    return Files.readAllLines(FILE).stream()
        .filter(line -> COMMENTED.matcher(line).matches())
        .toList();
  }
}
