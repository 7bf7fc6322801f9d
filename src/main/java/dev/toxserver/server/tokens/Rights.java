package dev.toxserver.server.tokens;

import dev.toxserver.config.UserVariables;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Scope;
import dev.toxserver.protocol.UserSide;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * What a connection may ask for, by the token that it has shown: the one place that decides it,
 * whatever transport it came by. What is not named here, a narrow token may not.
 *
 * @param token the id of a narrow token; empty for the server's own, which may all
 * @param scope how much
 * @param patterns the arguments with which tox may be run; without any, with all
 * @param link the one run that it may read, if no other
 * @param expiresMillis until when, since 1970, if not for ever
 */
public record Rights(
    Optional<String> token,
    Scope scope,
    List<ArgumentPattern> patterns,
    Optional<Link> link,
    OptionalLong expiresMillis) {
  /** Those of the server's own token, and of all where none is wanted. */
  public static final Rights OWNER =
      new Rights(Optional.empty(), Scope.ALL, List.of(), Optional.empty(), OptionalLong.empty());

  private static final Set<String> READING_ONE = Set.of(Addresses.ATTACH, Addresses.RESULTS);

  private static final Set<String> READING =
      Set.of(
          Addresses.PING, Addresses.STATUS, Addresses.RESULTS, Addresses.ATTACH, Addresses.RUNNERS);

  private static final Set<String> RUNNING =
      Set.of(
          Addresses.RUN,
          Addresses.CANCEL,
          Addresses.INPUT,
          Addresses.RESIZE,
          Addresses.ACKNOWLEDGE);

  private static final Set<String> OWNING =
      Set.of(Addresses.TOKEN_CREATE, Addresses.TOKEN_REVOKE, Addresses.TOKENS);

  /** For how long it may so from now on, at least 1 ms, if not for ever. */
  public OptionalLong millisLeft() {
    return expiresMillis.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(1, expiresMillis.getAsLong() - System.currentTimeMillis()));
  }

  /** Whether it may send to an address of requests at all. */
  public boolean maySend(String address) {
    return switch (scope) {
      case LINK -> READING_ONE.contains(address);
      case READ -> READING.contains(address);
      case RUN -> READING.contains(address) || RUNNING.contains(address);
      case ALL -> token.isEmpty() || !OWNING.contains(address);
    };
  }

  /**
   * The run that it means by a name, if it may read that. Whoever may read only one means that one
   * by {@link RunId#LAST}, and is not told of any other whether it is there.
   *
   * @param known the run of an id, if there is one
   */
  public Optional<RunId> readable(RunId name, Function<RunId, Optional<SharedRun>> known) {
    if (!readsOneRun()) {
      return Optional.of(name);
    }
    return link.filter(own -> name.equals(RunId.LAST) || name.equals(own.run()))
        .filter(own -> known.apply(own.run()).filter(own::isTo).isPresent())
        .map(Link::run);
  }

  /** Whether it is to learn of one run alone, and of no other by what is told of that. */
  public boolean readsOneRun() {
    return scope == Scope.LINK;
  }

  /**
   * Whether runs wait for it, though it only reads them: else who may not change anything could
   * hold up what others run.
   */
  public boolean holdsUp() {
    return scope == Scope.ALL;
  }

  /** Whether it may ask for runs, and so has to register their addresses. */
  public boolean mayRun() {
    return scope == Scope.RUN || scope == Scope.ALL;
  }

  /**
   * Whether a run is its own: one that was asked for with the same token.
   *
   * @param owner the id of the token with which it was asked for; empty for the server's own
   */
  public boolean owns(Optional<String> owner) {
    return scope == Scope.ALL || scope == Scope.RUN && owner.equals(token);
  }

  /** The same request without those variables that could make another run of it. */
  public Request.Run bounded(Request.Run request) {
    Map<String, String> given = request.side().env().orElse(Map.of());
    if (patterns.isEmpty() || given.isEmpty()) {
      return request;
    }
    Map<String, String> env = new HashMap<>(given);
    env.keySet().removeIf(name -> !UserVariables.isOfColours(name));
    UserSide side = request.side();
    return request.with(new UserSide(side.terminal(), side.stdin(), Optional.of(env)));
  }

  /** What is said of what {@link #bounded} leaves out, if it leaves out anything. */
  public Optional<String> leftOut(Request.Run request) {
    long count =
        patterns.isEmpty()
            ? 0
            : request.side().env().orElse(Map.of()).keySet().stream()
                .filter(name -> !UserVariables.isOfTerminal(name))
                .count();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            count + " variables were not handed on: of this token, only those of colours are");
  }

  /**
   * Why it may not run this, if it may not: the field, and what it may.
   *
   * @param run whole: one that repeats another is judged by what that one was
   */
  public Optional<String> objection(Request.Run run) {
    if (scope == Scope.RUN && run.invocation().exec()) {
      return no("program: is none of tox");
    }
    if (scope == Scope.RUN && run.rounds().isPresent()) {
      return no("rounds: a loop could outlive it");
    }
    return patterns.isEmpty() ? Optional.empty() : objectionByPatterns(run);
  }

  private Optional<String> objectionByPatterns(Request.Run run) {
    if (run.invocation().folder().isPresent()) {
      return no("folder: is another than the one that is served (--no-landmark)");
    }
    if (run.side().terminal().isPresent()) {
      return no("terminal: no pattern bounds what is typed (--no-tty)");
    }
    if (run.side().stdin()) {
      return no("stdin: no pattern bounds what is piped in");
    }
    if (run.tree().isPresent()) {
      return no("tree: it can't speak for files (--no-git-tree)");
    }
    if (run.cell().isPresent()) {
      return no("matrix: it can't add to one");
    }
    boolean matches = patterns.stream().anyMatch(pattern -> pattern.matches(run.args()));
    return matches ? Optional.empty() : no("args: match none of its patterns");
  }

  private Optional<String> no(String why) {
    return Optional.of(why + "; " + words());
  }

  /** What it may, in one line. */
  public String words() {
    return "this token may "
        + switch (scope) {
          case LINK -> "only read the run " + link.map(each -> each.run().value()).orElse("");
          case READ -> "only read runs";
          case RUN ->
              "run tox"
                  + arguments()
                  + ", and end"
                  + (patterns.isEmpty() ? " and type into" : "")
                  + " only its own runs";
          case ALL -> "do all but make, list and revoke tokens";
        };
  }

  private String arguments() {
    if (patterns.isEmpty()) {
      return "";
    }
    String more = patterns.size() == 1 ? "" : " (or one of %d more)".formatted(patterns.size() - 1);
    return " with '" + patterns.get(0) + "'" + more;
  }
}
