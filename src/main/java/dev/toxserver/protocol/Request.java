package dev.toxserver.protocol;

import java.util.List;
import java.util.Optional;

/** What a client can ask of the server. {@link RequestJson} knows how each looks on the wire. */
public sealed interface Request {

  /** The address that the request is sent to. */
  String address();

  /** The word of the command line that makes this request: run, ping, cancel or quit. */
  String command();

  /**
   * Run tox.
   *
   * @param id chosen by the client, which listens on its output address before it asks
   * @param args tox's arguments, untouched
   * @param timeout if the client wants heartbeats: the longest silence it accepts, in seconds
   */
  record Run(RunId id, List<String> args, Optional<Double> timeout) implements Request {
    /** The most arguments that one run can have. */
    public static final int MAX_ARGS = 4096;

    /** The most bytes (UTF-8) that one run's arguments can have in all. */
    public static final int MAX_ARGS_BYTES = 128 * 1024;

    /** Takes a copy of the arguments. */
    public Run {
      args = List.copyOf(args);
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
      return "run";
    }
  }

  /** End runs. */
  sealed interface Cancel extends Request {
    @Override
    default String address() {
      return Addresses.CANCEL;
    }

    @Override
    default String command() {
      return "cancel";
    }
  }

  /** End one run. */
  record CancelRun(RunId id) implements Cancel {}

  /**
   * End every request of one kind.
   *
   * @param target run, ping, cancel or quit; all but run are answered at once, so there never is
   *     one to end, but asking is no error
   */
  record CancelCommand(String target) implements Cancel {}

  /** Say that you are well. */
  record Ping() implements Request {
    @Override
    public String address() {
      return Addresses.PING;
    }

    @Override
    public String command() {
      return "ping";
    }
  }

  /** Finish what is accepted, then leave. */
  record Quit() implements Request {
    @Override
    public String address() {
      return Addresses.QUIT;
    }

    @Override
    public String command() {
      return "quit";
    }
  }
}
