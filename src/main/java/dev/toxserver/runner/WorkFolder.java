package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.runner.report.ToxVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where tox works: has its environments, its packages and its logs. Two of tox's in one folder
 * delete each other's; so a runner that may share its project with others has tox work elsewhere.
 *
 * <p>Whoever says by tox's own option or variable where it is to work is heeded.
 */
final class WorkFolder {
  /** Where tox works is its own affair. */
  private static final WorkFolder OF_TOX = new WorkFolder("", ToxVersion.UNKNOWN);

  private static final String OPTION = "--workdir";
  private static final String VARIABLE = "TOX_WORK_DIR";
  private static final Logger LOG = Logger.getLogger(WorkFolder.class.getName());

  /**
   * The files in which tox looks for its configuration, and what those say that are others', too.
   */
  private static final Map<String, String> CONFIGURATIONS =
      Map.of("tox.ini", "", "tox.toml", "", "setup.cfg", "[tox:tox]", "pyproject.toml", "tool.tox");

  private final String path;
  private final ToxVersion tox;

  private WorkFolder(String path, ToxVersion tox) {
    this.path = path;
    this.tox = tox;
  }

  /** Finds out how this tox is told of its folder; warns if there is no way. Blocks. */
  static WorkFolder of(RunnerConfig config, Commands commands) throws InterruptedException {
    if (config.workFolder().isEmpty()) {
      return OF_TOX;
    }
    try {
      List<String> program = commands.tox();
      return program.stream().anyMatch(word -> word.startsWith(OPTION))
          ? OF_TOX
          : of(config.workFolder().get(), program, config.environment());
    } catch (LaunchException missing) {
      return OF_TOX;
    }
  }

  private static WorkFolder of(String path, List<String> program, Map<String, String> environment)
      throws InterruptedException {
    // Any other may do its work when it is asked.
    boolean isTox = program.stream().anyMatch(word -> word.equals("tox") || word.endsWith("/tox"));
    ToxVersion version = isTox ? ToxVersion.of(program, environment) : ToxVersion.UNKNOWN;
    if (version == ToxVersion.UNKNOWN) {
      LOG.log(
          Level.WARNING,
          "''{0}'' is no tox that could be told to work elsewhere than in .tox: if others run tox in"
              + " this folder, they get in each other''s way. --shared-workdir keeps quiet about it",
          String.join(" ", program));
    } else {
      LOG.log(Level.INFO, "tox works in {0}", said(environment, path));
    }
    return new WorkFolder(path, version);
  }

  /**
   * What a run of tox 3 executes: an option stands before the user's own, of which the last counts.
   * The variable it does not read, so that its value goes into the option.
   *
   * @param given the run's variables
   */
  Invocation tell(Invocation invocation, RunVariables given) {
    if (tox != ToxVersion.THREE || invocation.exec()) {
      return invocation;
    }
    List<String> args = new ArrayList<>(List.of(OPTION, said(given.all(), path)));
    args.addAll(invocation.args());
    return invocation.with(args);
  }

  /**
   * What a run of tox 4 is given: there an option before others is another command line.
   *
   * @param start where it starts, an absolute path
   */
  Map<String, String> variables(Invocation invocation, Path start) {
    return tox != ToxVersion.FOUR || invocation.exec()
        ? Map.of()
        : Map.of(VARIABLE, root(invocation.args(), start).resolve(path).toString());
  }

  private static String said(Map<String, String> variables, String otherwise) {
    String said = variables.getOrDefault(VARIABLE, "");
    return said.isEmpty() ? otherwise : said;
  }

  /** What tox 4 takes the folder from: what its options say, of which --root counts most. */
  private static Path root(List<String> args, Path start) {
    Optional<Path> root = option(args, "--root").map(start::resolve);
    if (root.isPresent()) {
      return root.get();
    }
    Optional<Path> file =
        option(args, "--conf")
            .or(() -> option(args, "-c"))
            .map(start::resolve)
            .map(Path::normalize);
    return file.map(each -> Files.isDirectory(each) ? each : each.getParent())
        .orElseGet(() -> project(start));
  }

  /** The value of one of tox's own options: in the next word or in the same one. */
  private static Optional<String> option(List<String> args, String name) {
    for (int n = 0; n < args.size() && !args.get(n).equals("--"); n++) {
      String word = args.get(n);
      if (word.equals(name)) {
        return n + 1 < args.size() ? Optional.of(args.get(n + 1)) : Optional.empty();
      }
      String joined = name.startsWith("--") ? name + "=" : name;
      if (word.startsWith(joined)) {
        return Optional.of(word.substring(joined.length()));
      }
    }
    return Optional.empty();
  }

  /** Where tox's configuration is, of the start or the nearest above it; else the start. */
  private static Path project(Path start) {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path each = folder;
      if (CONFIGURATIONS.entrySet().stream()
          .anyMatch(of -> says(each.resolve(of.getKey()), of.getValue()))) {
        return folder;
      }
    }
    return start;
  }

  private static boolean says(Path file, String word) {
    try {
      return Files.isRegularFile(file)
          && (word.isEmpty() || Files.readString(file, StandardCharsets.UTF_8).contains(word));
    } catch (IOException e) {
      return false;
    }
  }
}
