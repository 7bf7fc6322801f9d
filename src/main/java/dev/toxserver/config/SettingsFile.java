package dev.toxserver.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Reads the settings file: a Java properties file whose keys are those of {@link Setting}. */
public final class SettingsFile {
  /** Its name in the conf folder. */
  public static final String NAME = "tox-server.properties";

  private SettingsFile() {}

  /**
   * Reads a file.
   *
   * @throws InvalidSettingException if it can't be read or has a key that no setting has
   */
  public static Map<Setting, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new InvalidSettingException("there is no settings file " + file);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingException(
          file + ": can't be read as a settings file (" + e.getMessage() + ")");
    }
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    for (String key : properties.stringPropertyNames()) {
      Setting setting =
          find(key)
              .orElseThrow(
                  () -> new InvalidSettingException(file + ": there is no setting '" + key + "'"));
      values.put(setting, properties.getProperty(key).strip());
    }
    return values;
  }

  private static Optional<Setting> find(String key) {
    for (Setting setting : Setting.values()) {
      if (setting.key().equals(key) && setting.belongsInFile()) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
