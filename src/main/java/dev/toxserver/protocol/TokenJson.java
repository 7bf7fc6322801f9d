package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;

/** The part of {@link RequestJson} and of {@link ReplyJson} that knows tokens. */
public final class TokenJson {
  private TokenJson() {}

  static JsonObject encode(TokenRequest request) {
    if (request instanceof TokenRequest.Create create) {
      JsonObject body = new JsonObject().put("may", create.scope().wireName());
      if (!create.args().isEmpty()) {
        body.put("args", new JsonArray(create.args()));
      }
      create.seconds().ifPresent(seconds -> body.put("for", seconds));
      return body;
    }
    if (request instanceof TokenRequest.Share share) {
      JsonObject body = new JsonObject().put("id", share.id().value());
      share.seconds().ifPresent(seconds -> body.put("for", seconds));
      return body;
    }
    return request instanceof TokenRequest.Revoke revoke
        ? new JsonObject().put("id", revoke.id())
        : new JsonObject();
  }

  /**
   * Reads the body of a {@code tox.token.create}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static TokenRequest.Create decodeCreate(Object body) {
    Fields fields = Fields.of(body);
    Scope scope = Scope.chosen(fields.text("may"));
    List<String> args = fields.has("args") ? texts(fields) : List.of();
    if (!args.isEmpty() && scope != Scope.RUN) {
      throw new MalformedException("args", "are for tokens that may run");
    }
    return new TokenRequest.Create(scope, args, seconds(fields));
  }

  /**
   * Reads the body of a {@code tox.share}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static TokenRequest.Share decodeShare(Object body) {
    Fields fields = Fields.of(body);
    return new TokenRequest.Share(new RunId(fields.text("id")), seconds(fields));
  }

  /**
   * Reads the body of a {@code tox.token.revoke}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static TokenRequest.Revoke decodeRevoke(Object body) {
    return new TokenRequest.Revoke(Fields.of(body).text("id"));
  }

  static JsonObject encode(TokenReply reply) {
    if (reply instanceof TokenReply.Created created) {
      return encode(created.status()).put("token", created.secret());
    }
    if (reply instanceof TokenReply.All all) {
      JsonArray tokens = new JsonArray();
      all.tokens().forEach(token -> tokens.add(encode(token)));
      return new JsonObject().put("tokens", tokens);
    }
    return new JsonObject().put("revoked", ((TokenReply.Revoked) reply).id());
  }

  /** A token, without what is secret of it. */
  public static JsonObject encode(TokenStatus token) {
    JsonObject object =
        new JsonObject()
            .put("id", token.id())
            .put("may", token.scope().wireName())
            .put("args", new JsonArray(token.args()))
            .put("created", BigDecimal.valueOf(token.createdMillis(), 3));
    token.run().ifPresent(run -> object.put("run", run.value()));
    token.expiresMillis().ifPresent(millis -> object.put("expires", BigDecimal.valueOf(millis, 3)));
    return object;
  }

  /**
   * Reads the answer to a {@code tox.token.create}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static TokenReply.Created decodeCreated(Object body) {
    return new TokenReply.Created(decode(body), Fields.of(body).text("token"));
  }

  /**
   * Reads the answer to a {@code tox.tokens}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static TokenReply.All decodeAll(Object body) {
    return new TokenReply.All(
        Fields.of(body).array("tokens").stream().map(TokenJson::decode).toList());
  }

  /**
   * Reads a token.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static TokenStatus decode(Object body) {
    Fields fields = Fields.of(body);
    return new TokenStatus(
        fields.text("id"),
        Scope.fromWire(fields.text("may")),
        texts(fields),
        fields.optionalText("run").map(RunId::new),
        fields.millis("created"),
        fields.has("expires") ? OptionalLong.of(fields.millis("expires")) : OptionalLong.empty());
  }

  private static OptionalLong seconds(Fields fields) {
    if (!fields.has("for")) {
      return OptionalLong.empty();
    }
    long seconds = fields.count("for");
    if (seconds < 1 || seconds > TokenRequest.MAX_SECONDS) {
      throw new MalformedException("for", "must be from 1 second to 10 years");
    }
    return OptionalLong.of(seconds);
  }

  private static List<String> texts(Fields fields) {
    return fields.array("args").stream()
        .map(
            each -> {
              if (each instanceof String text) {
                return text;
              }
              throw new MalformedException("args", "must hold nothing but strings");
            })
        .toList();
  }
}
