package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.client.paths.Problems;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.client.paths.RunPaths;
import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Landmark;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The paths in the output that a command shows: on a terminal they become links to the user's
 * files, and with {@code --problems} what is wrong there is written down at the end.
 */
final class OutputPaths {
  private static final String STDERR = "-";

  /** These show links as rubbish. */
  private static final Set<String> WITHOUT_LINKS = Set.of("", "dumb", "linux");

  private final Optional<String> target;
  private final Path folder;
  private Optional<Problems> problems = Optional.empty();

  private OutputPaths(Optional<String> target, Path folder) {
    this.target = target;
    this.folder = folder;
  }

  /**
   * Has a terminal do with the output what the user wants.
   *
   * @throws InvalidSettingException if the file of {@code --problems} can't be written
   */
  static OutputPaths begin(Settings settings, Environment environment, Terminal terminal) {
    OutputPaths paths =
        new OutputPaths(settings.optionalText(Setting.PROBLEMS), environment.folder());
    List<Stream> linked = linked(environment.variables());
    if (paths.target.isPresent() || !linked.isEmpty()) {
      paths.begin(settings, environment, linked, terminal);
    }
    return paths;
  }

  /** Which of the user's files the paths mean that a run prints. Reads the landmark. */
  static ProjectPaths project(Settings settings, Environment environment) {
    Optional<Landmark> landmark = Landmark.of(settings, environment);
    Path folder = environment.folder();
    Path here = landmark.map(Landmark::folder).orElse(folder);
    Path start = settings.optionalPath(Setting.FOLDER).map(here::resolve).orElse(folder);
    String root = landmark.flatMap(Landmark::root).orElse(here.toString());
    return new ProjectPaths(root, here, start);
  }

  private void begin(
      Settings settings, Environment environment, List<Stream> linked, Terminal terminal) {
    ProjectPaths project = project(settings, environment);
    if (target.isPresent()) {
      try {
        write(List.of(), terminal);
      } catch (IOException e) {
        throw new InvalidSettingException("--problems: " + target.get() + " can't be written");
      }
      problems = Optional.of(new Problems(project));
    }
    Optional<String> root = Landmark.of(settings, environment).flatMap(Landmark::root);
    boolean canLink = root.isPresent() && root.get().startsWith("/") && root.get().length() > 1;
    terminal.watch(new RunPaths(project, canLink ? linked : List.of(), problems));
  }

  /** Writes down what was found; that it can't be written is said. Blocks. */
  void end(Terminal terminal) {
    if (problems.isPresent()) {
      try {
        write(problems.get().lines(), terminal);
      } catch (IOException e) {
        terminal.say(
            "tox-server: " + target.orElseThrow() + " can't be written: " + e.getMessage());
      }
    }
  }

  private void write(List<String> lines, Terminal terminal) throws IOException {
    if (target.orElseThrow().equals(STDERR)) {
      lines.forEach(terminal::say);
    } else {
      Files.write(folder.resolve(target.orElseThrow()), lines);
    }
  }

  /** FORCE_HYPERLINK is the convention of other programs that make links. */
  private static List<Stream> linked(Map<String, String> variables) {
    List<Stream> linked = new ArrayList<>();
    if ("0".equals(variables.get("FORCE_HYPERLINK"))
        || WITHOUT_LINKS.contains(variables.getOrDefault("TERM", ""))) {
      return linked;
    }
    for (Stream stream : Stream.values()) {
      if (Environment.isTerminal(stream == Stream.STDOUT ? 1 : 2)) {
        linked.add(stream);
      }
    }
    return linked;
  }
}
