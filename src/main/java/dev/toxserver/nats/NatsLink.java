package dev.toxserver.nats;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.NatsConfig;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A connection to NATS servers, which comes back by itself for as long as it takes. Streams and
 * buckets are plain subjects here, so nothing waits. Belongs to the context on which it was made;
 * all is called back there, and every future ends there.
 */
public final class NatsLink {
  /** An election of a stream's leader takes 4 to 9 s: whoever asks meanwhile asks again. */
  static final long ANSWER_MILLIS = 2_000;

  private static final String INBOXES = "_INBOX.";
  private static final String API = "$JS.API.";
  private static final String EXPECTED = "Nats-Expected-Last-Subject-Sequence";

  private final NatsWire wire;
  private final Gets gets;
  private final List<Runnable> reconnected = new CopyOnWriteArrayList<>();
  private final Promise<InvalidSettingException> refused = Promise.promise();

  private NatsLink(NatsWire wire, Gets gets, NatsEvents events, NatsConfig config) {
    this.wire = wire;
    this.gets = gets;
    events.tell(
        () -> wire.context.runOnContext(here -> reconnected.forEach(Runnable::run)),
        () -> wire.context.runOnContext(here -> refused.tryComplete(NatsDial.refusal(config))));
  }

  /**
   * Connects, and waits until a server is there.
   *
   * @param name ours, which no other connection has, without dots: our inboxes have it as well
   * @return fails with an {@link InvalidSettingException} if a server is there and refuses us
   */
  public static Future<NatsLink> connect(Vertx vertx, NatsConfig config, String name) {
    return connect(vertx, config, name, false);
  }

  /**
   * The same for a hub, whose user may do all in its account: so the leader of a stream is asked as
   * well, when no replica tells soon what it has.
   */
  public static Future<NatsLink> connectHub(Vertx vertx, NatsConfig config, String name) {
    return connect(vertx, config, name, true);
  }

  private static Future<NatsLink> connect(
      Vertx vertx, NatsConfig config, String name, boolean isHub) {
    Context context = vertx.getOrCreateContext();
    NatsEvents events = new NatsEvents();
    try {
      return new NatsDial(vertx, context, config, name, events)
          .connect()
          .map(each -> new NatsWire(vertx, context, each, events))
          .map(wire -> new NatsLink(wire, new Gets(wire, isHub), events, config));
    } catch (InvalidSettingException e) {
      return Future.failedFuture(e);
    }
  }

  /**
   * Keeps a message if there is none of its name. Of all who try only one ever succeeds: that is
   * checked where the replicas apply it. What is expected of a name that has one already is not, in
   * servers before 2.9.21 (nats-server's issue 4320), so nothing here relies on it.
   *
   * @return fails with a {@link NatsFailure}; without the server's word it may be kept all the same
   */
  public Future<Void> create(Stored message) {
    return keep(message, message.toHeaders().put(EXPECTED, "0"));
  }

  /** Keeps a message in place of any of its name; fails as {@link #create} does. */
  public Future<Void> put(Stored message) {
    return keep(message, message.toHeaders());
  }

  /** Leaves the word in a bucket that its key has nothing any longer. */
  public Future<Void> delete(String subject) {
    return put(new Stored(subject, Map.of(Watch.OPERATION, "DEL"), Buffer.buffer()));
  }

  private Future<Void> keep(Stored message, Headers headers) {
    return wire.request(message.subject(), headers, message.body(), ANSWER_MILLIS)
        .compose(NatsAnswers::of)
        .mapEmpty();
  }

  /**
   * The message of a name in a stream, if there is one that has reached the replica which answers.
   */
  public Future<Optional<Stored>> get(String stream, String subject) {
    return gets.last(stream, subject);
  }

  /** The first message at or after a sequence of a stream, as far as the replica has come. */
  public Future<Optional<Stored>> getFrom(String stream, long sequence) {
    return getFrom(stream, sequence, ">");
  }

  /** The first of them whose subject is like this. */
  public Future<Optional<Stored>> getFrom(String stream, long sequence, String filter) {
    return gets.find(stream, from(sequence, filter));
  }

  /** Asks for the first message at or after a sequence whose subject is like this. */
  static JsonObject from(long sequence, String filter) {
    return new JsonObject().put("seq", sequence).put("next_by_subj", filter);
  }

  /**
   * The first message in a stream whose subject is like this, by the replica which answers. The
   * server looks at all subjects of the stream: ask for it only when something is missing.
   *
   * @param filter a subject with wildcards
   */
  Future<Optional<Stored>> first(String stream, String filter) {
    return getFrom(stream, 1, filter);
  }

  /** The message of a sequence of a stream. */
  Future<Optional<Stored>> getAt(String stream, long sequence) {
    return gets.find(stream, new JsonObject().put("seq", sequence));
  }

  /**
   * Asks JetStream for something.
   *
   * @param api the subject's end, after {@code $JS.API.}
   * @return its answer; fails with a {@link NatsFailure} that has its code
   */
  public Future<JsonObject> administer(String api, JsonObject body) {
    return wire.request(API + api, null, body.toBuffer(), ANSWER_MILLIS).compose(NatsAnswers::of);
  }

  /**
   * Asks whoever listens at the message's subject.
   *
   * @return fails with a {@link NatsFailure} if nobody does, or nobody answers in time
   */
  public Future<Stored> request(Stored question, long millis) {
    return wire.request(question.subject(), question.toHeaders(), question.body(), millis)
        .map(Stored::of);
  }

  /**
   * Tells whoever listens.
   *
   * @return whether there is a connection: if not, it is not told later either
   * @throws IllegalArgumentException if it is larger than the servers take, or its subject is none
   */
  public boolean publish(Stored message) {
    return wire.publish(message.subject(), null, message.toHeaders(), message.body());
  }

  /**
   * Listens to a subject. What is told while the connection is away is missed.
   *
   * @return ends that
   */
  public Runnable listen(String subject, Consumer<Stored> listener) {
    return wire.subscribe(subject, "", told -> listener.accept(Stored.of(told)));
  }

  /** What the subjects begin with at which a connection of that name is answered. */
  public static String inboxes(String name) {
    return INBOXES + name + ".";
  }

  /**
   * Answers what is asked at a subject by who may ask there for no inbox but its own.
   *
   * @param group of all in it, one is asked; if it is empty, everybody who listens is
   * @param answer a future that fails answers nothing: who has asked will ask again
   * @return ends that
   */
  public Runnable answer(String subject, String group, Function<Stored, Future<Buffer>> answer) {
    return answer(subject, group, asked -> INBOXES, answer);
  }

  /**
   * Answers what is asked at a subject. Who asks names where, and it is written there with our
   * rights: so only inboxes are, of which what is asked has to say whose they are.
   *
   * @param inboxes of a subject, what the inbox begins with of whoever asks there
   * @param answer as above
   * @return ends that
   */
  public Runnable answer(
      String subject,
      String group,
      UnaryOperator<String> inboxes,
      Function<Stored, Future<Buffer>> answer) {
    return wire.subscribe(
        subject, group, asked -> answer(asked, inboxes.apply(asked.getSubject()), answer));
  }

  private void answer(Message asked, String inboxes, Function<Stored, Future<Buffer>> answer) {
    String inbox = asked.getReplyTo();
    Future<Buffer> body = answer.apply(Stored.of(asked));
    if (inbox != null && inbox.startsWith(inboxes)) {
      body.onSuccess(each -> wire.publish(inbox, null, null, each));
    }
  }

  /**
   * Takes a message off a work queue for good.
   *
   * @param ackTo as in {@link Pulled}
   */
  public Future<Void> acknowledge(String ackTo) {
    return wire.request(ackTo, null, Buffer.buffer("+ACK"), ANSWER_MILLIS).mapEmpty();
  }

  /**
   * Lets somebody else have a message of a work queue.
   *
   * @param delayMillis how long nobody is given it
   */
  public Future<Void> giveBack(String ackTo, long delayMillis) {
    String delay = new JsonObject().put("delay", delayMillis * 1_000_000).encode();
    return wire.request(ackTo, null, Buffer.buffer("-NAK " + delay), ANSWER_MILLIS).mapEmpty();
  }

  /** Is called whenever a lost connection is back, and all that was listened to is again. */
  public void onReconnected(Runnable listener) {
    reconnected.add(listener);
  }

  /** Completes when the servers no longer let us in, and it is not tried again: what to do then. */
  public Future<InvalidSettingException> refused() {
    return refused.future();
  }

  /** Whether there is a connection now, as far as is known: a dead one shows after some seconds. */
  public boolean isConnected() {
    return wire.isConnected();
  }

  NatsWire wire() {
    return wire;
  }

  /** Where this belongs. */
  public Vertx vertx() {
    return wire.vertx;
  }

  /** Ends the connection. */
  public Future<Void> close() {
    return wire.close();
  }
}
