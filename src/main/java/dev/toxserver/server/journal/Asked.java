package dev.toxserver.server.journal;

import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Round;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for with a run, as it is kept.
 *
 * @param tree the files that are tested, if the client has told it
 * @param env the names of the variables that came with it, in order; their values are kept nowhere
 * @param round its place in a loop, if it is of one
 * @param cell its place in a matrix, if it is of one
 */
public record Asked(
    Invocation invocation,
    boolean detached,
    List<String> env,
    Optional<GitTree> tree,
    Optional<Round> round,
    Optional<Cell> cell) {
  /** Takes a copy of the names. */
  public Asked {
    env = List.copyOf(env);
  }

  static Asked of(Request.Run request, Optional<Round> round) {
    return new Asked(
        request.invocation(),
        request.detached(),
        request.side().env().orElse(Map.of()).keySet().stream().sorted().toList(),
        request.tree(),
        round,
        request.cell());
  }

  /** Roughly the bytes that it takes in memory. */
  long weight() {
    return invocation.folder().map(String::length).orElse(0) * 2L
        + weight(invocation.args())
        + weight(invocation.on().names())
        + weight(env)
        + weight(cell.map(Cell::environment).stream().toList());
  }

  private static long weight(List<String> words) {
    return words.stream().mapToLong(word -> 48 + 2L * word.length()).sum();
  }
}
