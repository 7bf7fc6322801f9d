package dev.toxserver.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real repository of git's, in a folder of the test's. */
public final class Repository {
  private final Path folder;

  private Repository(Path folder) {
    this.folder = folder;
  }

  /** Makes one of a folder. */
  public static Repository in(Path folder) throws Exception {
    Repository repository = new Repository(folder);
    repository.git("init", "-q", "-b", "main");
    return repository;
  }

  /** Writes a file, with the folders that it needs. */
  public Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Commits all that is there. */
  public void commit() throws Exception {
    git("add", "-A");
    git("commit", "-q", "-m", "a commit");
  }

  /** Has git do something, and waits for it. */
  public void git(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "gc.auto=0"));
    command.addAll(List.of(words));
    Process git =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0) {
      throw new AssertionError(command + ": " + output);
    }
  }
}
