package dev.toxserver.cli;

import dev.toxserver.matrix.Shard;
import dev.toxserver.matrix.UsualDurations;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.ReplyJson;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The part of a matrix that this machine has, if the matrix is split.
 *
 * @param durations how long environments usually take, in milliseconds. Without them the split is
 *     by name: each machine's server may know others, and what is in no part would be missed by
 *     nobody
 */
record MatrixPart(Shard shard, Optional<Map<String, Long>> durations) {

  /**
   * That which a command was given that was parsed.
   *
   * @param folder from which the file with durations is found
   * @throws CommandLine.ParameterException if that can't be read
   */
  static Optional<MatrixPart> of(CommandSpec command, Path folder) {
    Optional<Shard> shard = MatrixOptions.value(command, MatrixOptions.SHARD);
    Optional<Path> file = MatrixOptions.value(command, MatrixOptions.DURATIONS);
    try {
      if (shard.isEmpty() && file.isPresent()) {
        throw new IOException("is for " + MatrixOptions.SHARD + " only");
      }
      Optional<Map<String, Long>> durations =
          file.isEmpty() ? Optional.empty() : Optional.of(read(folder.resolve(file.get())));
      return shard.map(part -> new MatrixPart(part, durations));
    } catch (IOException | DecodeException | MalformedException e) {
      throw new CommandLine.ParameterException(
          command.commandLine(), MatrixOptions.DURATIONS + ": " + e.getMessage());
    }
  }

  private static Map<String, Long> read(Path file) throws IOException {
    try {
      JsonObject status = new JsonObject(Files.readString(file));
      return UsualDurations.of(ReplyJson.decodeStatus(status).runs());
    } catch (NoSuchFileException e) {
      throw new IOException(file + " can't be read: no such file", e);
    }
  }

  /**
   * Which environments it has; who has which is said, so that whoever has another split finds it
   * out.
   */
  List<String> of(List<String> environments, Consumer<String> say) {
    Map<String, Long> usual = durations.orElse(Map.of());
    List<List<String>> parts = shard.split(environments, usual);
    say.accept(
        IntStream.range(0, parts.size())
            .mapToObj(part -> (part + 1) + "/" + parts.size() + " " + names(parts.get(part)))
            .collect(Collectors.joining("; ", "[SHARD] " + shard + " of ", "")));
    List<String> unknown =
        environments.stream().filter(name -> !usual.containsKey(name)).distinct().toList();
    if (durations.isEmpty()) {
      say.accept("tox-server: split by name alone; " + MatrixOptions.DURATIONS + " splits by time");
    } else if (unknown.size() == environments.size()) {
      say.accept("tox-server: no usual duration is known: each environment counts the same");
    } else if (!unknown.isEmpty()) {
      say.accept(
          "tox-server: no usual duration is known of "
              + names(unknown)
              + ", which counts as the median");
    }
    return parts.get(shard.number() - 1);
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "-" : String.join(", ", names);
  }
}
