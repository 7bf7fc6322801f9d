package dev.toxserver.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a client can ask of the server. {@link RequestJson} knows how each looks on the wire. */
public sealed interface Request
    permits InputRequest,
        StatusRequest,
        TokenRequest,
        Request.Run,
        Request.Resize,
        Request.Cancel,
        Request.Attach,
        Request.Acknowledge,
        Request.Results,
        Request.Runners,
        Request.Ping,
        Request.Quit {

  /** The address that the request is sent to. */
  String address();

  /** The word of the command line that makes this request, such as run or ping. */
  default String command() {
    return address().substring(Addresses.PREFIX.length());
  }

  /**
   * Run tox.
   *
   * @param id chosen by the client, which listens on its output address before it asks
   * @param invocation what is executed; empty for a rerun
   * @param timeout if the client wants heartbeats: the longest silence it accepts, in seconds
   * @param detached whether the run goes on when the client that asked for it has gone
   * @param rerun a run whose invocation is repeated
   * @param side what the client tells of its user's side
   * @param tree the git tree that is tested, if the client tells it
   * @param failed whether only what has failed in that run is repeated
   * @param rounds how often at most the server does a detached run again, until it fails
   * @param cell its place in a matrix, if it is of one
   * @param retryLost whether it is placed once more if its runner is lost
   */
  record Run(
      RunId id,
      Invocation invocation,
      Optional<Double> timeout,
      boolean detached,
      Optional<RunId> rerun,
      UserSide side,
      Optional<GitTree> tree,
      boolean failed,
      OptionalInt rounds,
      Optional<Cell> cell,
      boolean retryLost)
      implements Request {
    /** A run of whose files nothing is told. */
    public Run(
        RunId id,
        Invocation invocation,
        Optional<Double> timeout,
        boolean detached,
        Optional<RunId> rerun,
        UserSide side) {
      this(
          id,
          invocation,
          timeout,
          detached,
          rerun,
          side,
          Optional.empty(),
          false,
          OptionalInt.empty(),
          Optional.empty(),
          false);
    }

    /** A run of which the client says nothing but what is executed, and how it ends. */
    public Run(
        RunId id,
        Invocation invocation,
        Optional<Double> timeout,
        boolean detached,
        Optional<RunId> rerun) {
      this(id, invocation, timeout, detached, rerun, UserSide.UNKNOWN);
    }

    /** A run in the folder that is served, which ends with its client. */
    public Run(RunId id, List<String> args, Optional<Double> timeout) {
      this(id, new Invocation(args), timeout, false, Optional.empty());
    }

    /** Tox's arguments, as they were typed; or a program and its arguments. */
    public List<String> args() {
      return invocation.args();
    }

    /**
     * The same once more, by another name. What repeats a run repeats this one then.
     *
     * @param files the git tree that is tested this time, if it is told
     */
    public Run again(RunId other, Optional<GitTree> files) {
      return but(other, invocation, rerun.map(before -> id), side, files, false);
    }

    /** The same run with the invocation of the one that it repeats. */
    public Run with(Invocation found) {
      return but(id, found, Optional.empty(), side, tree, false);
    }

    /** The same run with another size of the terminal that was asked for. */
    public Run with(TerminalSize size) {
      return with(side.with(size));
    }

    /** The same run with another user's side. */
    public Run with(UserSide other) {
      return but(id, invocation, rerun, other, tree, failed);
    }

    private Run but(
        RunId newId,
        Invocation found,
        Optional<RunId> repeated,
        UserSide newSide,
        Optional<GitTree> files,
        boolean onlyFailed) {
      return new Run(
          newId,
          found,
          timeout,
          detached,
          repeated,
          newSide,
          files,
          onlyFailed,
          rounds,
          cell,
          retryLost);
    }

    /** How often the run's readers hear that it is alive: twice in the silence that they accept. */
    public Optional<Long> heartbeatMillis() {
      return timeout.map(seconds -> Math.max(1, Math.round(seconds * 1000 / 2)));
    }

    @Override
    public String address() {
      return Addresses.RUN;
    }

    @Override
    public String command() {
      return invocation.exec() ? "exec" : "run";
    }
  }

  /** The terminal of the run's requester has another size now. */
  record Resize(RunId id, TerminalSize size) implements Request {
    @Override
    public String address() {
      return Addresses.RESIZE;
    }
  }

  /** End runs. */
  sealed interface Cancel extends Request {
    @Override
    default String address() {
      return Addresses.CANCEL;
    }
  }

  /** End one run. */
  record CancelRun(RunId id) implements Cancel {}

  /** End all runs; of the targets ping, cancel and quit there never is one, which is no error. */
  record CancelCommand(String target) implements Cancel {}

  /**
   * Send a run's events to the connection that asks, and only to it.
   *
   * @param from the first event that is wanted; without it, what comes from now on
   * @param follow whether to go on with what is yet to come
   * @param role for a requester the run waits, and with it the run ends, as before
   * @param hold for a requester: which {@link Reply.Attached} hold it had; 0 for who asked for it
   */
  record Attach(RunId id, Optional<Long> from, boolean follow, Role role, long hold)
      implements Request {
    /** One who only reads. */
    public Attach(RunId id, Optional<Long> from, boolean follow) {
      this(id, from, follow, Role.ONLOOKER, 0);
    }

    @Override
    public String address() {
      return Addresses.ATTACH;
    }

    @Override
    public String command() {
      return follow ? "attach" : "logs";
    }
  }

  /** Everything of a run up to this event was taken in; who says so once has to go on saying it. */
  record Acknowledge(RunId id, long seq) implements Request {
    @Override
    public String address() {
      return Addresses.ACKNOWLEDGE;
    }
  }

  /** Tell what came of a run. */
  record Results(RunId id) implements Request {
    @Override
    public String address() {
      return Addresses.RESULTS;
    }
  }

  /** Tell which runners there are. */
  record Runners() implements Request {
    @Override
    public String address() {
      return Addresses.RUNNERS;
    }
  }

  /** Say that you are well. */
  record Ping() implements Request {
    @Override
    public String address() {
      return Addresses.PING;
    }
  }

  /** Finish what is accepted, then leave. */
  record Quit() implements Request {
    @Override
    public String address() {
      return Addresses.QUIT;
    }
  }
}
