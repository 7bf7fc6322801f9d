package dev.toxserver.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Messages to and from NATS, as the client's library has them, on one context. Of the library it
 * uses what does not wait.
 */
final class NatsWire {
  private static final long MOST_WAITING_BYTES = 16 * 1024 * 1024;

  final Vertx vertx;
  final Context context;
  private final Connection connection;
  private final Dispatcher dispatcher;
  private final NatsEvents events;
  private final Handover handover;

  NatsWire(Vertx vertx, Context context, Connection connection, NatsEvents events) {
    this.vertx = vertx;
    this.context = context;
    this.connection = connection;
    this.events = events;
    this.handover =
        new Handover(taking -> context.runOnContext(here -> taking.run()), MOST_WAITING_BYTES);
    this.dispatcher = connection.createDispatcher();
    // Its handlers only hand over: nothing is dropped for want of room in the library.
    dispatcher.setPendingLimits(0, 0);
  }

  /** Whoever listens is asked; fails with a {@link NatsFailure} if nobody answers in that time. */
  Future<Message> request(String subject, Headers headers, Buffer body, long millis) {
    CompletableFuture<Message> answer;
    try {
      Message message = message(subject, null, headers, body);
      answer = connection.requestWithTimeout(message, Duration.ofMillis(millis));
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Future.failedFuture(new NatsFailure(NatsFailure.NO_ANSWER, e.getMessage()));
    }
    return Future.fromCompletionStage(answer, context)
        .timeout(millis, TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(events.unanswered(subject, failure)));
  }

  /** Whether there is a connection that a message was sent by. */
  boolean publish(String subject, String replyTo, Headers headers, Buffer body) {
    try {
      connection.publish(message(subject, replyTo, headers, body));
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /**
   * One that is too large would cost the connection, and its headers count. The library looks at no
   * subject here: a line's end in it would begin a line of ours.
   */
  private Message message(String subject, String replyTo, Headers headers, Buffer body) {
    if (subject.chars().anyMatch(each -> each <= ' ')) {
      throw new IllegalArgumentException("a subject has no spaces and no line ends");
    }
    long length = body.length() + (headers == null ? 0 : headers.serializedLength());
    if (length > maxPayload()) {
      throw new IllegalArgumentException("a message of " + length + " bytes is too large");
    }
    return NatsMessage.builder()
        .subject(subject)
        .replyTo(replyTo)
        .headers(headers)
        .data(body.getBytes())
        .build();
  }

  /**
   * Listens, after a reconnect as well.
   *
   * @param group one of its members is given each message; if it is empty, everybody is
   * @return ends that
   */
  Runnable subscribe(String subject, String group, Consumer<Message> listener) {
    MessageHandler handler =
        told -> handover.give(told.consumeByteCount(), () -> listener.accept(told));
    Subscription subscription =
        group.isEmpty()
            ? dispatcher.subscribe(subject, handler)
            : dispatcher.subscribe(subject, group, handler);
    return () -> {
      if (dispatcher.isActive() && subscription.isActive()) {
        dispatcher.unsubscribe(subscription);
      }
    };
  }

  /** A subject of ours alone. */
  String inbox() {
    return connection.createInbox();
  }

  boolean isConnected() {
    return connection.getStatus() == Connection.Status.CONNECTED;
  }

  /** How large a message may be with its headers, in bytes. */
  long maxPayload() {
    return connection.getMaxPayload();
  }

  Future<Void> close() {
    events.closing();
    return context.executeBlocking(
        () -> {
          connection.close();
          return null;
        },
        false);
  }
}
