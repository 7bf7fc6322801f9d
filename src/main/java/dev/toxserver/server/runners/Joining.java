package dev.toxserver.server.runners;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.server.door.Budget;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.door.RunnerFrames;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Lets runners join, and come back. Belongs to the server's context. */
public final class Joining implements RunnerFrames.Door {
  /** More than there are connections by default, with some that are away. */
  static final int MOST_RUNNERS = 2_000;

  /** What the server holds of all runs elsewhere together: output that is under way, and input. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private static final Logger LOG = Logger.getLogger(Joining.class.getName());

  private final Vertx vertx;
  private final Connections connections;
  private final Roster roster;
  private final String version;
  private final ServerConfig.Runners config;
  private final boolean pulled;
  private final Runnable onChange;
  private final Budget budget = new Budget(MOST_BYTES);
  private final Map<RunnerName, RemoteRunner> joined = new HashMap<>();

  /**
   * Nobody has joined yet.
   *
   * @param config the server's: its version is the only one that is let in, and nobody is if it
   *     shares its runs over NATS
   * @param onChange is called when there may be room for more runs, or a runner is not expected
   *     back any more
   */
  public Joining(
      Vertx vertx, Connections connections, Roster roster, ServerConfig config, Runnable onChange) {
    this.vertx = vertx;
    this.connections = connections;
    this.roster = roster;
    this.version = config.version();
    this.config = config.runners();
    this.pulled = config.nats().isPresent();
    this.onChange = onChange;
  }

  @Override
  public RunnerFrames join(Connection connection, JsonObject frame) {
    RunnerJoin join = RunnerJoin.decode(frame.getValue("body"));
    if (connection.runner().filter(other -> !isSame(other, join)).isPresent()) {
      throw new MalformedException("name", "another runner has joined by this connection");
    }
    check(join);
    RemoteRunner runner = find(join);
    runner.join(connection, frame, join);
    onChange.run();
    return runner;
  }

  private boolean isSame(RunnerFrames other, RunnerJoin join) {
    RemoteRunner known = joined.get(join.name());
    return known == other && known.isOfSession(join.session());
  }

  private void check(RunnerJoin join) {
    if (pulled) {
      throw forbidden(
          "this server shares its runs over NATS: start the runner with --nats, and the same URLs,"
              + " in place of --join or --socket");
    }
    if (!join.version().equals(version)) {
      throw forbidden(
          "version: the server is %s, this runner %s: both must be the same"
              .formatted(version, join.version()));
    }
    if (join.name().equals(RunnerName.LOCAL)) {
      throw forbidden("name: local is the server's own runner; give --name");
    }
    if (join.windowBytes() > config.windowBytes()) {
      throw forbidden(
          "window: the server's is %d bytes, this runner's %d: give both the same --window"
              .formatted(config.windowBytes(), join.windowBytes()));
    }
    if (!joined.containsKey(join.name()) && joined.size() >= MOST_RUNNERS) {
      throw new RefusedException(ErrorCode.BUSY, "there are " + MOST_RUNNERS + " runners already");
    }
  }

  /** Who has a name keeps it for as long as it is there, and else loses it to who is there. */
  private RemoteRunner find(RunnerJoin join) {
    RemoteRunner known = joined.get(join.name());
    if (known != null && !known.isOfSession(join.session())) {
      if (known.isConnected()) {
        throw new RefusedException(
            ErrorCode.CONFLICT,
            "name: a runner %s has joined from %s; give this one another --name"
                .formatted(join.name(), known.address()));
      }
      known.leave(known.whyLost(join.session()));
      known = null;
    }
    if (known == null) {
      known = new RemoteRunner(vertx, connections, join, budget, config.graceMillis(), this::gone);
      joined.put(join.name(), known);
      roster.add(known.runner());
      LOG.log(
          Level.INFO,
          "runner {0} has joined, for {1} runs at once, with {2}",
          new Object[] {join.name(), join.capacity(), join.labels()});
    }
    return known;
  }

  private void gone(RemoteRunner runner, String why) {
    LOG.log(Level.INFO, "runner {0} is gone: {1}", new Object[] {runner.runner().name(), why});
    joined.remove(runner.runner().name(), runner);
    roster.remove(runner.runner());
    onChange.run();
  }

  private static RefusedException forbidden(String message) {
    return new RefusedException(ErrorCode.FORBIDDEN, message);
  }
}
