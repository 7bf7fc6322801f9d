package dev.toxserver.cli;

import dev.toxserver.config.Environment;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.config.SettingsFile;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Turns rows of {@link Setting} into options, and what was parsed into {@link Settings}. */
final class SettingOptions {
  /** Those that may stand before any command. */
  static final List<Setting> GLOBAL =
      List.of(
          Setting.PORT,
          Setting.HOST,
          Setting.BIND_HOST,
          Setting.TIMEOUT,
          Setting.RECONNECT_TIMEOUT,
          Setting.TOKEN_FILE,
          Setting.TLS_CERT,
          Setting.TLS_KEY,
          Setting.TLS_CA,
          Setting.SOCKET,
          Setting.LANDMARK,
          Setting.FOLDER,
          Setting.GIT_TREE,
          Setting.TTY,
          Setting.PROBLEMS,
          Setting.NOTIFY_AFTER,
          Setting.LOG_LEVEL,
          Setting.CONFIG);

  /** Those that a client's command also takes after its name. */
  static final List<Setting> CLIENT =
      GLOBAL.stream().filter(setting -> setting != Setting.BIND_HOST).toList();

  private SettingOptions() {}

  static void add(CommandSpec spec, List<Setting> settings) {
    add(spec, settings, Wanted.ALL);
  }

  static void add(CommandSpec spec, List<Setting> settings, Wanted wanted) {
    for (Setting setting : settings) {
      if (wanted.option(setting.flags())) {
        spec.addOption(option(setting));
      }
    }
  }

  /** The settings of a command that was parsed: its own options win over those before its name. */
  static Settings read(CommandSpec command, Environment environment) {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    collect(RunOptions.given(command), given);
    collect(command.commandLine().getParseResult(), given);
    return new Settings(given, environment.variables(), file(given, environment));
  }

  private static Map<Setting, String> file(Map<Setting, String> given, Environment environment) {
    String variable = environment.variables().getOrDefault(Setting.CONFIG.variable(), "");
    Optional<Path> named =
        Optional.ofNullable(given.get(Setting.CONFIG))
            .or(() -> Optional.of(variable).filter(text -> !text.isEmpty()))
            .map(Path::of);
    return named
        .or(() -> environment.confFile(SettingsFile.NAME))
        .map(SettingsFile::read)
        .orElse(Map.of());
  }

  /** An option may have a setting's name and be none, as --env before the word run. */
  private static void collect(CommandLine.ParseResult parsed, Map<Setting, String> given) {
    for (OptionSpec option : parsed.matchedOptionsSet()) {
      if (option.userObject() instanceof Setting setting) {
        given.put(setting, option.getValue().toString());
      }
    }
  }

  private static OptionSpec option(Setting setting) {
    String fallback = setting.defaultValue().map(text -> " Default: " + text + ".").orElse("");
    OptionSpec.Builder option =
        OptionSpec.builder(setting.flags().toArray(String[]::new))
            .userObject(setting)
            .description(
                (setting.help() + fallback + " [" + setting.variable() + "]").replace("%", "%%"));
    if (setting.isSwitch()) {
      return option.type(Boolean.class).negatable(true).fallbackValue("true").build();
    }
    return option.type(String.class).paramLabel(setting.label()).build();
  }
}
