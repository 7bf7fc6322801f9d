package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.UserVariables;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code --env} and {@code --env-file}: variables for a run beside those that describe the user's
 * side. They are no settings, since they are given several times and hold secrets.
 */
final class EnvOptions {
  static final String ENV = "--env";
  static final String ENV_FILE = "--env-file";

  private EnvOptions() {}

  static void add(CommandSpec root) {
    root.addOption(
        RunOptions.texts(ENV, "NAME[=VALUE]")
            .description(
                "With run, rerun, exec, watch and matrix: hand on a variable, with its value here or with another;"
                    + " may be given again. What describes this side goes along by itself: "
                    + String.join(", ", UserVariables.NAMES)
                    + ". Of all these, tox gives to tests what its pass_env names.")
            .build());
    root.addOption(
        RunOptions.texts(ENV_FILE, "FILE")
            .description(
                "The same for each line of a file. It leaves out what says where things are here"
                    + " (PATH, HOME, LD_* and such): those only --env hands on.")
            .build());
  }

  /**
   * All variables that a command that was parsed hands on to its run.
   *
   * @param colours whether somebody sees colours whom the program can't see
   * @param terminal is told what a file's line was left out for
   * @throws InvalidSettingException if there is no such file, or a variable can't be handed on
   */
  static Map<String, String> read(
      CommandSpec command, Environment environment, boolean colours, Terminal terminal) {
    Map<String, String> here = environment.rawVariables();
    Map<String, String> given = UserVariables.of(here);
    for (String file : RunOptions.values(command, ENV_FILE)) {
      EnvFile.read(environment.folder().resolve(Path.of(file)), here, given, terminal);
    }
    for (String text : RunOptions.values(command, ENV)) {
      put(ENV, text, here, given);
    }
    if (colours) {
      UserVariables.askForColours(given);
    }
    return given;
  }

  /**
   * Takes {@code NAME} or {@code NAME=VALUE}. A name without a value that is not set here is none.
   *
   * @param source where it stands, for the message, which never shows a value
   */
  static void put(String source, String text, Map<String, String> here, Map<String, String> given) {
    int end = text.indexOf('=');
    String name = end < 0 ? text : text.substring(0, end);
    if (!UserVariables.isName(name)) {
      throw new InvalidSettingException(
          source + ": '" + name + "' is no variable's name; give NAME or NAME=VALUE");
    }
    if (UserVariables.isSecret(name)) {
      throw new InvalidSettingException(
          source + ": " + name + " is tox-server's own, and handed on to no run");
    }
    String value = end < 0 ? here.get(name) : text.substring(end + 1);
    if (value != null) {
      given.put(name, value);
    }
  }
}
