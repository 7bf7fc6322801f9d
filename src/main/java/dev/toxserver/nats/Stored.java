package dev.toxserver.nats;

import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message that is kept, or is to be.
 *
 * @param subject its name
 * @param headers of ours and of the server's; each has one value
 */
public record Stored(String subject, Map<String, String> headers, Buffer body) {
  /** Says who has written a message. */
  static final String BY = "tox-by";

  private static final String SEQUENCE = "Nats-Sequence";

  /** A direct get tells here under which name it was kept; else that is the message's own. */
  private static final String KEPT_AS = "Nats-Subject";

  /** Takes a copy of the headers. */
  public Stored {
    headers = Map.copyOf(headers);
  }

  /** One without headers. */
  public static Stored of(String subject, Buffer body) {
    return new Stored(subject, Map.of(), body);
  }

  static Stored of(Message message) {
    Map<String, String> headers = first(message.getHeaders());
    return new Stored(
        headers.getOrDefault(KEPT_AS, message.getSubject()),
        headers,
        Buffer.buffer(message.getData()));
  }

  /** What a stream's leader has answered. */
  static Stored of(MessageInfo message) {
    Map<String, String> headers = first(message.getHeaders());
    headers.put(SEQUENCE, Long.toString(message.getSeq()));
    byte[] body = message.getData();
    return new Stored(
        message.getSubject(), headers, body == null ? Buffer.buffer() : Buffer.buffer(body));
  }

  private static Map<String, String> first(Headers all) {
    Map<String, String> headers = new HashMap<>();
    if (all != null) {
      all.forEach((name, values) -> headers.put(name, values.get(0)));
    }
    return headers;
  }

  Headers toHeaders() {
    Headers all = new Headers();
    headers.forEach((name, value) -> all.put(name, value));
    return all;
  }

  /** Its number in its stream, if it was read or told from there; else 0. */
  public long sequence() {
    return Long.parseLong(headers.getOrDefault(SEQUENCE, "0"));
  }

  /** Who has written it. */
  public Optional<String> by() {
    return Optional.ofNullable(headers.get(BY));
  }
}
