package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.RequestJson;
import dev.toxserver.protocol.TokenJson;
import dev.toxserver.protocol.TokenRequest;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.tokens.SharedRun;
import dev.toxserver.server.tokens.Tokens;
import io.vertx.core.eventbus.Message;

/** Answers the requests that are about tokens which may less than the server's own. */
final class TokenRequests {
  private final Answers answers;
  private final Catalogue catalogue;
  private final Connections connections;
  private final Tokens tokens;

  TokenRequests(Answers answers, Catalogue catalogue, Connections connections, Tokens tokens) {
    this.answers = answers;
    this.catalogue = catalogue;
    this.connections = connections;
    this.tokens = tokens;
  }

  /** Answers from now on, on the caller's context. */
  void serve() {
    answers.to(Addresses.TOKEN_CREATE, this::create);
    answers.to(Addresses.TOKEN_REVOKE, this::revoke);
    answers.to(Addresses.TOKENS, this::all);
    answers.to(Addresses.SHARE, this::share);
  }

  private void create(Message<Object> message) {
    Answers.reply(message, tokens.create(TokenJson.decodeCreate(message.body())));
  }

  private void revoke(Message<Object> message) {
    Answers.reply(message, tokens.revoke(TokenJson.decodeRevoke(message.body()).id()));
  }

  private void all(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    answers.atLength(message, tokens::all);
  }

  private void share(Message<Object> message) {
    TokenRequest.Share request = TokenJson.decodeShare(message.body());
    SharedRun run = catalogue.toShare(request.id());
    Answers.reply(message, tokens.share(request, run, connections.rightsOf(message)));
  }
}
