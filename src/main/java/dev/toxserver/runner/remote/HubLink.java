package dev.toxserver.runner.remote;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.LogLevel;
import dev.toxserver.link.Link;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.runner.placed.PlacedRuns;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A runner's connection to its server: joins, notices when the server falls silent, and comes back,
 * for as long as it takes. Belongs to the verticle's context.
 */
final class HubLink implements Link.Listener, PlacedRuns.Hub {
  private static final Logger LOG = Logger.getLogger(HubLink.class.getName());

  /** The server takes a runner for gone that was silent for more than three of these. */
  private static final long PING_MILLIS = 2_000;

  /** Silence is counted in pings, not in time: who was stopped has sent none meanwhile. */
  private static final int MOST_UNANSWERED = 3;

  private static final long PAUSE_MILLIS = 500;

  /** A name may be taken by a connection that is dead, and that the server still waits for. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /** The server's own words are for clients: it does not know yet that this is a runner. */
  private static final String TOKEN_WANTED =
      "this server has another token for runners than the one shown, or none was shown: name the file"
          + " that 'serve --runner-token-file' made with --runner-token-file";

  private static final String JOIN = "join";

  /** What is answered to it says nothing new. */
  private static final String JOINED_AGAIN = "joined";

  private final Vertx vertx;
  private final Supplier<Link> links;
  private final HubOwner owner;
  private Link link;
  private boolean connected;
  private boolean joined;
  private boolean heard;
  private boolean closed;
  private int unanswered;
  private long refusedSince;
  private String told = "";

  /**
   * Not connected yet.
   *
   * @param links makes a link that was not started; reads the files for TLS
   */
  HubLink(Vertx vertx, Supplier<Link> links, HubOwner owner) {
    this.vertx = vertx;
    this.links = links;
    this.owner = owner;
  }

  /**
   * Connects, for as long as it takes.
   *
   * @throws InvalidSettingException if a file for TLS is of no use from the start
   */
  void start() {
    connect();
    ping();
  }

  /** Joins again over the connection that there is, since something has changed. */
  void joinAgain() {
    if (joined) {
      link.send(Frames.join(owner.join(), JOINED_AGAIN));
    }
  }

  /** Closes the connection, when all that was sent is out. */
  void close() {
    closed = true;
    link.close();
  }

  @Override
  public boolean isJoined() {
    return joined;
  }

  @Override
  public void send(RunId run, JsonObject event) {
    link.send(Frames.event(run, event));
  }

  @Override
  public void answer(JsonObject frame) {
    link.send(frame);
  }

  @Override
  public void connected() {
    connected = true;
    unanswered = 0;
    link.send(Frames.join(owner.join(), JOIN));
  }

  @Override
  public void output(OutputFrame frame) {
    LOG.log(Level.FINE, "output came, which no runner reads");
  }

  @Override
  public void frame(JsonObject frame) {
    heard = true;
    unanswered = 0;
    try {
      take(frame);
    } catch (MalformedException | ClassCastException e) {
      dropped("it broke the protocol: " + e.getMessage());
    }
  }

  private void take(JsonObject frame) {
    Object address = frame.getValue("address");
    if ("err".equals(frame.getValue("type"))) {
      refused(frame.getInteger("failureCode", 0), String.valueOf(frame.getValue("message")));
    } else if ("message".equals(frame.getValue("type")) && JOIN.equals(address)) {
      Map<RunId, Long> from = RunnerJoin.decodeAnswer(frame.getValue("body"));
      joined = true;
      refusedSince = 0;
      told = "";
      owner.joined(from);
    } else if ("message".equals(frame.getValue("type")) && !JOINED_AGAIN.equals(address)) {
      owner.order(frame);
    }
  }

  private void refused(int code, String message) {
    boolean mayChange = code == ErrorCode.CONFLICT.number() || code == ErrorCode.BUSY.number();
    long now = System.nanoTime();
    refusedSince = refusedSince == 0 ? now : refusedSince;
    if (mayChange && now - refusedSince < PATIENCE_NANOS) {
      dropped(message);
    } else {
      owner.refused(code == ErrorCode.UNAUTHENTICATED.number() ? TOKEN_WANTED : message);
    }
  }

  @Override
  public void lost(String reason) {
    if (heard) {
      dropped(reason);
    } else {
      // Nobody may listen there yet but a proxy; or a server that wants TLS, which this finds out.
      connected = false;
      link.connect();
    }
  }

  @Override
  public void waiting(String reason) {
    tell("Waiting for the server (" + reason + ")");
  }

  @Override
  public void unreachable(String why) {
    dropped(why);
  }

  /** The links are not asked to reconnect: the runner has a patience of its own. */
  @Override
  public void away(String reason) {
    dropped(reason);
  }

  @Override
  public void back() {
    told = "";
  }

  @Override
  public void givenUp(String reason) {
    dropped(reason);
  }

  @Override
  public void timedOut() {
    dropped("it was silent");
  }

  private void connect() {
    if (!closed) {
      heard = false;
      link = links.get();
      link.start(this);
    }
  }

  /** A file for TLS may be missing just now, while it is renewed. */
  private void connectAgain() {
    try {
      connect();
    } catch (InvalidSettingException e) {
      dropped(e.getMessage());
    }
  }

  private void ping() {
    if (connected && unanswered++ >= MOST_UNANSWERED) {
      dropped("nothing was heard for " + MOST_UNANSWERED * PING_MILLIS / 1_000 + " s");
    } else if (connected) {
      link.send(Frames.ping());
    }
    if (!closed) {
      vertx.setTimer(PING_MILLIS, next -> ping());
    }
  }

  /** Begins anew with another connection. */
  private void dropped(String reason) {
    if (!closed) {
      link.close();
      connected = false;
      joined = false;
      tell("Not joined (" + reason + "); trying again");
      owner.away();
      vertx.setTimer(PAUSE_MILLIS, next -> connectAgain());
    }
  }

  /** Once, until the runner has joined or there is something else to say. */
  private void tell(String line) {
    if (!line.equals(told)) {
      told = line;
      LOG.log(LogLevel.NOTICE, "{0}", line);
    }
  }
}
