package dev.toxserver.cli;

import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.protocol.UserSide;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What all runs of watch have in common.
 *
 * @param invocation what is run as long as no key says otherwise
 * @param timeout the longest silence that the user accepts, in seconds
 */
record WatchedRun(Invocation invocation, UserSide side, Optional<Double> timeout) {

  /**
   * One of them, by a name of its own.
   *
   * @param terminal if it has one
   * @param files the git tree that is tested, if it is told
   */
  Request.Run request(
      List<String> args, Optional<TerminalRequest> terminal, Optional<GitTree> files) {
    return new Request.Run(
        RunId.random(),
        invocation.with(args),
        timeout,
        false,
        Optional.empty(),
        terminal.map(side::with).orElse(side),
        files,
        false,
        OptionalInt.empty(),
        Optional.empty(),
        false);
  }
}
