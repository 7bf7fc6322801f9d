package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.RunEvent;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run executes: tox, or the program that it names, found as a shell would find it. */
final class Commands {
  private final RunnerConfig config;
  private final String path;

  /**
   * Those of a server.
   *
   * @param path the folders where programs are sought, separated by colons
   */
  Commands(RunnerConfig config, String path) {
    this.config = config;
    this.path = path;
  }

  /**
   * The whole command of a run.
   *
   * @param folder where it starts: a program's path may be relative to it
   * @throws LaunchException if there is no such program
   */
  List<String> of(Invocation invocation, Path folder) throws LaunchException {
    if (invocation.exec()) {
      List<String> command = new ArrayList<>(invocation.args());
      command.set(0, program(command.get(0), folder));
      return List.copyOf(command);
    }
    List<String> command = tox();
    command.addAll(invocation.args());
    return List.copyOf(command);
  }

  /**
   * tox alone, even if its path has blanks; else the first word, with arguments after.
   *
   * @throws LaunchException if it is not there
   */
  List<String> tox() throws LaunchException {
    Optional<Path> whole = Programs.find(config.tox(), path);
    if (whole.isPresent()) {
      return new ArrayList<>(List.of(whole.get().toString()));
    }
    List<String> words = new ArrayList<>(List.of(config.tox().strip().split("\\s+")));
    Optional<Path> first = Programs.find(words.get(0), path);
    if (first.isEmpty()) {
      throw missing(
          words.get(0), "; see serve --tox", ": install it there, or name it with serve --tox");
    }
    words.set(0, first.get().toString());
    return words;
  }

  private String program(String name, Path folder) throws LaunchException {
    try {
      String wanted = name.contains("/") ? folder.resolve(name).toString() : name;
      Optional<Path> found = Programs.find(wanted, path);
      if (found.isPresent()) {
        return found.get().toString();
      }
      throw missing(wanted, "", "");
    } catch (InvalidPathException e) {
      throw new LaunchException(RunEvent.Exit.NOT_FOUND, "no program can have such a name");
    }
  }

  private LaunchException missing(String program, String ofFile, String ofName) {
    if (!program.contains("/")) {
      return new LaunchException(
          RunEvent.Exit.NOT_FOUND,
          "'%s' was not found on the server%s (PATH=%s)".formatted(program, ofName, path));
    }
    return Files.exists(Path.of(program))
        ? new LaunchException(
            RunEvent.Exit.NOT_STARTED, program + " on the server is not executable")
        : new LaunchException(
            RunEvent.Exit.NOT_FOUND, program + " was not found on the server" + ofFile);
  }
}
