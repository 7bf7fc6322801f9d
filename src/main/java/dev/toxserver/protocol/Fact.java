package dev.toxserver.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that hubs have decided of a run, once and for all. Each is kept under its key, which is
 * created once: whoever is first there has decided, and nothing is ever overwritten. What has
 * become of a run is the sum of its facts, {@link RunFacts}. {@link FactJson} knows how each looks.
 *
 * <p>A run is placed once, or a second time if it was lost and may be retried: so placements and
 * their ends are numbered from 1. Times are milliseconds since 1970, by the clock of the hub that
 * has written the fact: all hubs tell the same ones.
 */
public sealed interface Fact {
  /** Whose fact it is. */
  Life life();

  /** The last part of its key, which says what is decided by it. */
  String name();

  /** The name under which it is kept: {@code RUN.GENERATION.NAME}. */
  default String key() {
    return life() + "." + name();
  }

  /**
   * The run exists, and waits.
   *
   * @param request whose variables are left out: their values are secrets
   * @param env the names of these variables, in order
   * @param nonce who asked, of those that ask for the same id at once
   * @param owner the narrow token with which it was asked for; empty for the server's own
   * @param hub the hub that was asked, which has the requester
   * @param round its place in a loop, if it is of one
   * @param span its own, if the hub makes spans
   */
  record Asked(
      Life life,
      Request.Run request,
      List<String> env,
      String nonce,
      Optional<String> owner,
      String hub,
      Optional<Round> round,
      long millis,
      Optional<RunSpan> span)
      implements Fact {
    /** Leaves the variables out, and takes a copy of the names. */
    public Asked {
      request = request.with(request.side().withoutVariables());
      env = List.copyOf(env);
    }

    /**
     * The request, with the values of its variables.
     *
     * @param told what its runner says that they are: of variables that were not asked for, nothing
     *     is believed
     */
    public Request.Run requestWith(Optional<Map<String, String>> told) {
      UserSide side = request.side();
      return request.with(new UserSide(side.terminal(), side.stdin(), told.map(this::asked)));
    }

    private Map<String, String> asked(Map<String, String> told) {
      Map<String, String> values = new HashMap<>(told);
      values.keySet().retainAll(env);
      return values;
    }

    @Override
    public String name() {
      return FactName.ASKED;
    }
  }

  /**
   * The run is a runner's to execute, and nobody else's.
   *
   * @param number 1, or 2 if it was lost before
   */
  record Placed(Life life, int number, Placement placement, long millis) implements Fact {
    @Override
    public String name() {
      return FactName.placed(number);
    }
  }

  /**
   * No runner will execute the run: decided in place of {@link Placed}.
   *
   * @param exit how it ends
   */
  record NotPlaced(Life life, int number, RunEvent.Exit exit) implements Fact {
    @Override
    public String name() {
      return FactName.placed(number);
    }
  }

  /**
   * The run has ended.
   *
   * @param number that of its last placement
   * @param results what came of its environments and tests, if the runner collects that
   * @param index the number of the message that ends the placement's log; 0 if it has none
   */
  record Ended(
      Life life,
      int number,
      RunEvent.Exit exit,
      Optional<RunResults> results,
      long index,
      long millis)
      implements Fact {
    @Override
    public String name() {
      return FactName.ended(number);
    }
  }

  /**
   * The run was lost and waits to be placed once more: decided in place of {@link Ended}.
   *
   * @param nextSeq the number of its next event
   * @param why it was lost, in one line
   */
  record Again(Life life, int number, long nextSeq, String why) implements Fact {
    @Override
    public String name() {
      return FactName.ended(number);
    }
  }

  /**
   * The run's client is at a hub from now on, or is not expected back.
   *
   * @param number one more than that of the hub which had it before; 0 is what {@link Asked} says
   * @param hub empty if the client is gone
   * @param hold which of the clients that have had the run it is, as in {@link Request.Attach}
   */
  record At(Life life, int number, Optional<String> hub, long hold) implements Fact {
    @Override
    public String name() {
      return FactName.at(number);
    }
  }

  /**
   * The run is to end.
   *
   * @param by the hub that was asked
   */
  record Cancel(Life life, String by, String why) implements Fact {
    @Override
    public String name() {
      return FactName.CANCEL;
    }
  }
}
