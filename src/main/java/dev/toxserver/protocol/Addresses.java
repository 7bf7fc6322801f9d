package dev.toxserver.protocol;

import java.util.List;

/** The event-bus addresses of the contract; {@link RunnerAddresses} has those of a runner. */
public final class Addresses {
  /** What all of them begin with. */
  static final String PREFIX = "tox.";

  /** Clients ask for a run here. */
  public static final String RUN = "tox.run";

  /** Clients ask to end runs here. */
  public static final String CANCEL = "tox.cancel";

  /** Clients ask whether the server is well here. */
  public static final String PING = "tox.ping";

  /** Clients ask the server to drain and leave here. */
  public static final String QUIT = "tox.quit";

  /** Clients ask for a run's events here, those of the past among them. */
  public static final String ATTACH = "tox.attach";

  /** Clients say here up to which event of a run they have taken everything. */
  public static final String ACKNOWLEDGE = "tox.acknowledge";

  /** Clients ask here which runs there are and were. */
  public static final String STATUS = "tox.status";

  /** Clients ask here what came of a run. */
  public static final String RESULTS = "tox.results";

  /** A run's requester hands on here what is typed or piped into it. */
  public static final String INPUT = "tox.input";

  /** A run's requester says here that its terminal has another size. */
  public static final String RESIZE = "tox.resize";

  /** Clients ask here which runners there are. */
  public static final String RUNNERS = "tox.runners";

  /** The server's user makes a token here that may less than the server's own. */
  public static final String TOKEN_CREATE = "tox.token.create";

  /** Clients ask here for a token that may read one run alone. */
  public static final String SHARE = "tox.share";

  /** The server's user revokes such a token here. */
  public static final String TOKEN_REVOKE = "tox.token.revoke";

  /** The server's user asks here which such tokens there are. */
  public static final String TOKENS = "tox.tokens";

  /** Every address that a client may send to. */
  public static final List<String> REQUESTS =
      List.of(
          RUN,
          CANCEL,
          PING,
          QUIT,
          ATTACH,
          ACKNOWLEDGE,
          STATUS,
          RESULTS,
          INPUT,
          RESIZE,
          RUNNERS,
          SHARE,
          TOKEN_CREATE,
          TOKEN_REVOKE,
          TOKENS);

  /** A runner joins here, which no client may. */
  public static final String JOIN = "tox.runner.join";

  private static final String OUTPUT_PREFIX = "tox.output.";

  private Addresses() {}

  /** The address on which one run's events are published. */
  public static String output(RunId id) {
    return OUTPUT_PREFIX + id.value();
  }

  /**
   * The run whose events are published on an address.
   *
   * @throws MalformedException if the address is no output address
   */
  public static RunId runOf(String outputAddress) {
    if (!outputAddress.startsWith(OUTPUT_PREFIX)) {
      throw new MalformedException("address", "is not " + OUTPUT_PREFIX + "ID");
    }
    return new RunId(outputAddress.substring(OUTPUT_PREFIX.length()));
  }
}
