package dev.toxserver.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A connection to NATS servers, which comes back by itself for as long as it takes. The only class
 * that knows the client's library, of which it uses what does not wait: its streams and buckets are
 * plain subjects here. Belongs to one context; all is called back there.
 */
public final class NatsLink {
  /** An election of a stream's leader takes 4 to 9 s: whoever asks meanwhile asks again. */
  private static final long ANSWER_MILLIS = 2_000;

  private static final String EXPECTED = "Nats-Expected-Last-Subject-Sequence";
  private static final String DIRECT_GET = "$JS.API.DIRECT.GET.";

  private final Vertx vertx;
  private final Context context;
  private final Connection connection;
  private final Dispatcher dispatcher;

  private NatsLink(Vertx vertx, Context context, Connection connection) {
    this.vertx = vertx;
    this.context = context;
    this.connection = connection;
    this.dispatcher = connection.createDispatcher();
  }

  /**
   * Connects.
   *
   * @param servers their URLs; one is enough to find the others
   * @param listener is told, on a thread of the library's, what becomes of the connection
   * @return fails if none of them is there
   */
  public static Future<NatsLink> connect(Vertx vertx, List<String> servers, NatsEvents listener) {
    Options options =
        new Options.Builder()
            .servers(servers.toArray(String[]::new))
            .maxReconnects(-1)
            .reconnectWait(Duration.ofMillis(100))
            .pingInterval(Duration.ofSeconds(2))
            // Nothing is sent later that was written while there was no connection.
            .reconnectBufferSize(0)
            // Who publishes would wait for room in it; ours have one message under way each.
            .maxMessagesInOutgoingQueue(0)
            .errorListener(listener)
            .connectionListener(listener)
            .build();
    Context context = vertx.getOrCreateContext();
    return context
        .executeBlocking(() -> Nats.connect(options), false)
        .map(connection -> new NatsLink(vertx, context, connection));
  }

  /**
   * Keeps a message if there is none of its name. Of all who try only one ever succeeds: that is
   * checked where the replicas apply it. What is expected of a name that has one already is not, in
   * servers before 2.9.21 (nats-server's issue 4320), so nothing here relies on it.
   *
   * @return fails with a {@link NatsFailure}; without the server's word it may be kept all the same
   */
  Future<Void> create(Stored message) {
    Headers headers = message.toHeaders().put(EXPECTED, "0");
    return request(
            NatsMessage.builder()
                .subject(message.subject())
                .headers(headers)
                .data(message.body().getBytes())
                .build())
        .compose(NatsLink::acknowledged);
  }

  /**
   * The message of a name in a stream, if there is one that has reached the replica which answers.
   */
  Future<Optional<Stored>> get(String stream, String subject) {
    return request(NatsMessage.builder().subject(DIRECT_GET + stream + "." + subject).build())
        .map(NatsLink::found);
  }

  /**
   * The first message in a stream whose subject is like this, by the replica which answers. The
   * server looks at all subjects of the stream: ask for it only when something is missing.
   *
   * @param filter a subject with wildcards
   */
  Future<Optional<Stored>> first(String stream, String filter) {
    JsonObject question = new JsonObject().put("seq", 1).put("next_by_subj", filter);
    return request(
            NatsMessage.builder()
                .subject(DIRECT_GET + stream)
                .data(question.toBuffer().getBytes())
                .build())
        .map(NatsLink::found);
  }

  private static Optional<Stored> found(Message answer) {
    return answer.getStatus() == null ? Optional.of(Stored.of(answer)) : Optional.empty();
  }

  /**
   * Asks at a subject.
   *
   * @return fails with a {@link NatsFailure} if nobody answers
   */
  private Future<Message> request(Message message) {
    CompletableFuture<Message> answer;
    try {
      answer = connection.requestWithTimeout(message, Duration.ofMillis(ANSWER_MILLIS));
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Future.failedFuture(new NatsFailure(NatsFailure.NO_ANSWER, e.getMessage()));
    }
    return Future.fromCompletionStage(answer, context)
        .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(unanswered(failure)));
  }

  private static NatsFailure unanswered(Throwable failure) {
    return new NatsFailure(
        NatsFailure.NO_ANSWER,
        failure instanceof CancellationException ? "nobody answers" : failure.toString());
  }

  private static Future<Void> acknowledged(Message answer) {
    if (answer.getStatus() != null) {
      return Future.failedFuture(
          new NatsFailure(NatsFailure.NO_ANSWER, answer.getStatus().toString()));
    }
    try {
      JsonObject error = new JsonObject(Buffer.buffer(answer.getData())).getJsonObject("error");
      return error == null
          ? Future.succeededFuture()
          : Future.failedFuture(
              new NatsFailure(error.getInteger("err_code", 0), error.getString("description")));
    } catch (DecodeException | ClassCastException e) {
      return Future.failedFuture(new NatsFailure(NatsFailure.NO_ANSWER, "no acknowledgement"));
    }
  }

  /**
   * Listens to a subject. What is told while the connection is away is missed.
   *
   * @return ends that
   */
  Runnable listen(String subject, Consumer<Stored> listener) {
    var subscription =
        dispatcher.subscribe(
            subject, told -> context.runOnContext(here -> listener.accept(Stored.of(told))));
    return () -> dispatcher.unsubscribe(subscription);
  }

  Vertx vertx() {
    return vertx;
  }

  /** Ends the connection. */
  public Future<Void> close() {
    return context.executeBlocking(
        () -> {
          connection.close();
          return null;
        },
        false);
  }
}
