package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.config.FolderTree;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.MalformedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a git repository as they are now, with all that was changed and all that is new, but
 * for what git ignores: as a tree, which git makes without writing a byte into the repository. It
 * gets a copy of the index, which knows what has not changed, and a folder of its own for what it
 * writes (GIT_OBJECT_DIRECTORY and GIT_ALTERNATE_OBJECT_DIRECTORIES, see gitrepository-layout and
 * git(1)). What is changed within a submodule is not seen.
 */
final class WorkingCopy {
  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();

  private WorkingCopy(Path folder) {
    this.folder = folder;
    // A look must not take the lock of the repository, nor have it repacked.
    variables.put("GIT_OPTIONAL_LOCKS", "0");
  }

  /**
   * The tree that is told with a run, if the user wants that; blocks as {@link #tree} does.
   *
   * @param terminal is told why there is none
   */
  static Optional<GitTree> told(Settings settings, Environment environment, Terminal terminal) {
    if (!settings.on(Setting.GIT_TREE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(tree(environment.folder()));
    } catch (IOException e) {
      terminal.say("tox-server: the run is kept without its git tree: " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * The tree of the repository that a folder is in. Blocks, for as long as {@code git status}.
   *
   * @throws IOException if there is none, in one line
   */
  static GitTree tree(Path folder) throws IOException {
    Path scratch = Files.createTempDirectory("tox-server-tree-");
    try {
      return new WorkingCopy(folder).treeBy(scratch);
    } catch (MalformedException e) {
      throw new IOException("git has told no tree", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("git was not waited for");
    } finally {
      FolderTree.delete(scratch);
    }
  }

  private GitTree treeBy(Path scratch) throws IOException, InterruptedException {
    List<String> places =
        git("rev-parse", "--git-path", "index", "--git-path", "objects").lines().toList();
    if (places.size() != 2) {
      throw new IOException("git does not tell where its files are");
    }
    Path index = folder.resolve(places.get(0));
    Path copy = scratch.resolve("index");
    if (Files.exists(index)) {
      Files.copy(index, copy);
    }
    Path objects = Files.createDirectory(scratch.resolve("objects"));
    variables.put("GIT_INDEX_FILE", copy.toString());
    variables.put("GIT_OBJECT_DIRECTORY", objects.toString());
    variables.put("GIT_ALTERNATE_OBJECT_DIRECTORIES", folder.resolve(places.get(1)).toString());
    git("add", "--all", ":/");
    return new GitTree(git("write-tree").strip());
  }

  private String git(String... question) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of("git", "-c", "core.fsmonitor=false", "-c", "core.safecrlf=false"),
                Stream.of(question))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(variables);
    Process git = builder.start();
    String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0) {
      throw new IOException(answer.lines().findFirst().orElse("git has failed"));
    }
    return answer;
  }
}
