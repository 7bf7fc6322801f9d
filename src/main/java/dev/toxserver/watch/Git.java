package dev.toxserver.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What git says of a folder of the user's; where there is no git or no repository, nothing. Each
 * question is a process of some milliseconds: so what a .gitignore says now always counts.
 */
final class Git {
  private static final String NUL = "\0";

  private final Path folder;
  private final Optional<Path> lock;

  private Git(Path folder) {
    this.folder = folder;
    lock =
        ask("", "rev-parse", "--absolute-git-dir")
            .map(text -> Path.of(text.strip()).resolve("index.lock"));
  }

  /** The one for a folder, given as an absolute path. */
  static Git of(Path folder) {
    return new Git(folder);
  }

  /**
   * Whether git is in the middle of something, such as a checkout: it holds its lock until then.
   */
  boolean isWriting() {
    return lock.isPresent() && Files.exists(lock.get());
  }

  /** Those of some paths in the folder, absolute ones, that it ignores. */
  Set<Path> ignored(Collection<Path> paths) {
    if (lock.isEmpty()) {
      return Set.of();
    }
    String asked = paths.stream().map(Path::toString).collect(Collectors.joining(NUL, "", NUL));
    return paths(ask(asked, "check-ignore", "-z", "--stdin").orElse(""));
  }

  /** The folders below that it ignores with all that is in them, as absolute paths. */
  Set<Path> ignoredFolders() {
    return lock.isEmpty()
        ? Set.of()
        : paths(
            ask("", "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
                .orElse(""));
  }

  private Set<Path> paths(String answer) {
    return Stream.of(answer.split(NUL))
        .filter(name -> !name.isEmpty())
        .map(folder::resolve)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Optional<String> ask(String input, String... question) {
    List<String> command =
        Stream.concat(Stream.of("git", "-C", folder.toString()), Stream.of(question)).toList();
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
      // A question must not take the lock that is looked at here.
      builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
      Process git = builder.start();
      CompletableFuture<Void> written =
          CompletableFuture.runAsync(() -> write(git.getOutputStream(), input));
      byte[] answer = git.getInputStream().readAllBytes();
      written.join();
      boolean answered = git.waitFor() == 0;
      return answered ? Optional.of(new String(answer, StandardCharsets.UTF_8)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void write(OutputStream out, String input) {
    try (out) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended, and its exit code says why.
    }
  }
}
