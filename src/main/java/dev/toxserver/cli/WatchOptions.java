package dev.toxserver.cli;

import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.watch.Ignored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of watch, which stand before the word: what follows it is tox's. Only --matrix may be
 * the first word behind it.
 */
final class WatchOptions {
  static final String WATCH = "--watch";
  static final String IGNORE = "--ignore";
  static final String MATRIX = "--matrix";
  static final List<String> FLAGS = List.of(WATCH, IGNORE, MATRIX);

  private WatchOptions() {}

  static void add(CommandSpec root) {
    root.addOption(
        RunOptions.texts(WATCH, "FOLDER")
            .description(
                "With watch: a folder to watch, with all below; may be given again. Default: where"
                    + " you stand.")
            .build());
    root.addOption(
        RunOptions.texts(IGNORE, "GLOB")
            .description(
                "With watch: leave out files and folders of that name, or with a / of that path"
                    + " below the folder; may be given again.")
            .build());
    addMatrix(root, "With watch: ");
  }

  /** Adds the one that may stand on either side of the word. */
  static void addMatrix(CommandSpec spec, String when) {
    spec.addOption(
        OptionSpec.builder(MATRIX)
            .type(boolean.class)
            .description(
                when
                    + "run a matrix each time; what follows is for that, as behind the word matrix.")
            .build());
  }

  /** Whether a command that was parsed watches for a matrix. */
  static boolean isOfMatrix(CommandSpec command) {
    return command.name().equals(WatchCommand.NAME) && MatrixOptions.isGiven(command, MATRIX);
  }

  /** The folders to watch, as the user calls them. */
  static List<String> names(CommandSpec command) {
    return RunOptions.given(command).matchedOptionValue(WATCH, List.of("."));
  }

  /**
   * The folders to watch.
   *
   * @throws InvalidSettingException if there is none of that name
   */
  static List<Path> folders(CommandSpec command, Environment environment) {
    List<Path> folders =
        names(command).stream()
            .map(name -> environment.folder().resolve(name).normalize())
            .toList();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new InvalidSettingException(WATCH + ": " + folder + " is no folder");
      }
    }
    return folders;
  }

  /**
   * What is left out.
   *
   * @throws InvalidSettingException if a glob is none
   */
  static Ignored ignored(CommandSpec command) {
    try {
      return new Ignored(RunOptions.given(command).matchedOptionValue(IGNORE, List.of()));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(IGNORE + ": " + e.getMessage());
    }
  }
}
