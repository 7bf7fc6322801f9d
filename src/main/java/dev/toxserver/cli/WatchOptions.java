package dev.toxserver.cli;

import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.watch.Ignored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The options of watch, which stand before the word: what follows it is tox's. */
final class WatchOptions {
  static final String WATCH = "--watch";
  static final String IGNORE = "--ignore";
  static final List<String> FLAGS = List.of(WATCH, IGNORE);

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
