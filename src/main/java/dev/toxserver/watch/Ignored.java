package dev.toxserver.watch;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Files that nobody saves by hand, by their names; what git ignores is {@link Git}'s. */
public final class Ignored {
  /** What is ignored in every project, as globs for the name of a file or of a folder above it. */
  public static final List<String> ALWAYS =
      List.of(
          ".git",
          ".hg",
          ".svn",
          ".tox",
          ".nox",
          ".venv",
          ".tox-server",
          "__pycache__",
          "*.pyc",
          "*.egg-info",
          ".pytest_cache",
          ".mypy_cache",
          ".ruff_cache",
          ".hypothesis",
          ".coverage",
          ".coverage.*",
          "node_modules",
          // Editors' own: vim, Emacs, and the file by which vim tries a folder.
          ".*.sw?",
          "*~",
          ".#*",
          "#*#",
          "4913");

  private final List<PathMatcher> names;
  private final List<PathMatcher> paths;

  /**
   * Ignores what the user wants, too.
   *
   * @param globs with a slash for a path below the folder that is watched, else for a name at any
   *     depth
   * @throws IllegalArgumentException if one is no glob; the message says which and why
   */
  public Ignored(List<String> globs) {
    List<String> given = globs.stream().map(Ignored::withoutSlashAtEnd).toList();
    names =
        Stream.concat(ALWAYS.stream(), given.stream().filter(glob -> !isPath(glob)))
            .map(Ignored::matcher)
            .toList();
    paths = given.stream().filter(Ignored::isPath).map(Ignored::matcher).toList();
  }

  /**
   * Whether a file or folder is ignored for its own name or for that of a folder above it.
   *
   * @param path relative to the folder that is watched
   */
  boolean holds(Path path) {
    for (int end = 1; end <= path.getNameCount(); end++) {
      Path above = path.subpath(0, end);
      Path name = above.getFileName();
      if (names.stream().anyMatch(each -> each.matches(name))
          || paths.stream().anyMatch(each -> each.matches(above))) {
        return true;
      }
    }
    return false;
  }

  private static String withoutSlashAtEnd(String glob) {
    return glob.endsWith("/") ? glob.substring(0, glob.length() - 1) : glob;
  }

  private static boolean isPath(String glob) {
    return glob.indexOf('/') >= 0;
  }

  private static PathMatcher matcher(String glob) {
    String relative = glob.startsWith("/") ? glob.substring(1) : glob;
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + relative);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("'" + glob + "' is no glob: " + e.getDescription(), e);
    }
  }
}
