package dev.toxserver.server.tokens;

import dev.toxserver.config.OwnFiles;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Scope;
import dev.toxserver.protocol.TokenReply;
import dev.toxserver.protocol.TokenRequest;
import dev.toxserver.protocol.TokenStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The narrow tokens of a server. They are made and revoked by the server itself, so it knows at
 * once. Belongs to the server's context.
 */
public final class Tokens {
  /** The most that there may be at once. */
  private static final int MAX_TOKENS = 2_000;

  private static final Logger LOG = Logger.getLogger(Tokens.class.getName());

  private final Optional<TokenStore> store;
  private final boolean wanted;
  private final int most;
  private final int mostBytes;
  private final Map<String, NarrowToken> tokens = new LinkedHashMap<>();
  private final Links links;
  private Consumer<String> onRevoked = id -> {};
  private ObjLongConsumer<String> onEnding = (id, millis) -> {};

  /**
   * None before {@link #open}.
   *
   * @param store where they are kept; without one, none can be made
   * @param wanted whether the server asks its clients for tokens at all
   * @param links how long those last that may read one run
   */
  public Tokens(Optional<TokenStore> store, boolean wanted, Links links) {
    this(store, wanted, links, MAX_TOKENS, TokensFile.MAX_BYTES);
  }

  /** The same with other bounds: for how many, and for the file that keeps them. */
  Tokens(Optional<TokenStore> store, boolean wanted, Links links, int most, int mostBytes) {
    this.store = store;
    this.wanted = wanted;
    this.links = links;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Names who ends the connections of a token that was revoked. */
  public void onRevoked(Consumer<String> listener) {
    onRevoked = listener;
  }

  /** Names who ends the connections of a token within so many milliseconds. */
  public void onEnding(ObjLongConsumer<String> listener) {
    onEnding = listener;
  }

  /** Reads those that there are; without them, the server starts all the same. */
  public Future<Void> open() {
    if (store.isEmpty() || !wanted) {
      return Future.succeededFuture();
    }
    return store
        .get()
        .open(this::changed)
        .onSuccess(found -> found.forEach((id, token) -> changed(id, Optional.of(token))))
        .onFailure(
            failure ->
                LOG.log(
                    Level.WARNING,
                    "No token of 'token create' is let in: {0}",
                    failure.getMessage()))
        .otherwiseEmpty()
        .mapEmpty();
  }

  /** Another server has made or revoked one. */
  private void changed(String id, Optional<JsonObject> token) {
    try {
      token.map(NarrowToken::decode).ifPresent(made -> tokens.put(id, made));
    } catch (MalformedException e) {
      LOG.log(
          Level.WARNING, "The token {0} lets nobody in: {1}", new Object[] {id, e.getMessage()});
    }
    if (token.isEmpty() && tokens.remove(id) != null) {
      onRevoked.accept(id);
    }
  }

  /** Whether what was shown has the form of these, whoever made it. */
  public static boolean isOne(String shown) {
    return NarrowToken.idOf(shown).isPresent();
  }

  /** What may be asked for by whoever shows this; empty if it is none, or none any more. */
  public Optional<Rights> find(String shown) {
    return NarrowToken.idOf(shown)
        .map(tokens::get)
        .filter(token -> token.matches(shown))
        .map(links::asOfNow)
        .filter(token -> !token.isOverAt(System.currentTimeMillis()))
        .map(NarrowToken::rights);
  }

  /** Those that there are. */
  public TokenReply.All all() {
    forgetOver();
    return new TokenReply.All(
        tokens.values().stream().map(links::asOfNow).map(NarrowToken::status).toList());
  }

  /**
   * Makes one; if it can't be kept, there is none.
   *
   * @return fails with {@link TokenRefusedException} if none can be made
   * @throws MalformedException if one of its patterns is none
   */
  public Future<TokenReply.Created> create(TokenRequest.Create request) {
    ArgumentPattern.check(request.args());
    return keep(
        request.scope(), request.args(), Optional.empty(), NarrowToken.endAfter(request.seconds()));
  }

  /**
   * Makes one that may read a run and nothing else, for as long as {@link Links} tells.
   *
   * @param run which the request means
   * @param by who asks
   * @return fails with {@link TokenRefusedException} if none can be made
   */
  public Future<TokenReply.Created> share(TokenRequest.Share request, SharedRun run, Rights by) {
    Link link = Link.to(run, by.token());
    return keep(Scope.LINK, List.of(), Optional.of(link), links.end(request, link, by));
  }

  private Future<TokenReply.Created> keep(
      Scope scope, List<String> args, Optional<Link> link, OptionalLong expires) {
    if (!wanted) {
      return refused(
          ErrorCode.FORBIDDEN,
          "this server asks nobody for a token, so there is none that may less");
    }
    if (store.isEmpty()) {
      return refused(
          ErrorCode.FORBIDDEN,
          "the server knows no folder to keep tokens in: start it with --state-dir");
    }
    forgetOver();
    NarrowToken.New made =
        NarrowToken.of(
            new TokenStatus(
                NarrowToken.newId(),
                scope,
                args,
                link.map(Link::run),
                System.currentTimeMillis(),
                expires),
            link);
    String id = made.kept().status().id();
    tokens.put(id, made.kept());
    String text = TokensFile.encode(json().values());
    if (tokens.size() > most || text.getBytes(StandardCharsets.UTF_8).length > mostBytes) {
      tokens.remove(id);
      return refused(
          ErrorCode.BUSY,
          "there are %d tokens, and no room for more: revoke some".formatted(tokens.size()));
    }
    return write("there is none, since it can't be kept: ")
        .map(new TokenReply.Created(made.kept().status(), made.secret()))
        .onFailure(failure -> tokens.remove(id));
  }

  /**
   * Revokes one, and the links that were made with it: from now on they are not let in, and who
   * came in by them is disconnected.
   *
   * @return fails with {@link TokenRefusedException} if it can't be kept that it is revoked
   */
  public Future<TokenReply.Revoked> revoke(String id) {
    if (tokens.remove(id) == null) {
      return refused(
          ErrorCode.NOT_FOUND,
          "id: there is no token " + id + "; 'token list' shows those that there are");
    }
    onRevoked.accept(id);
    List<String> handedOn = idsOf(link -> link.by().filter(id::equals).isPresent());
    handedOn.forEach(tokens::remove);
    handedOn.forEach(onRevoked);
    return write("it is revoked until the server leaves, but that can't be kept: ")
        .map(new TokenReply.Revoked(id));
  }

  /** A run is over, or is not kept any more: soon nobody reads it by a link. */
  public void over(RunId run) {
    idsOf(link -> link.run().equals(run)).forEach(id -> onEnding.accept(id, links.graceMillis()));
  }

  private List<String> idsOf(Predicate<Link> which) {
    return tokens.values().stream()
        .filter(token -> token.link().filter(which).isPresent())
        .map(token -> token.status().id())
        .toList();
  }

  private Future<Void> write(String whatItMeans) {
    return store
        .orElseThrow()
        .write(json())
        .recover(failure -> refused(ErrorCode.INTERNAL, whatItMeans + OwnFiles.why(failure)));
  }

  private Map<String, JsonObject> json() {
    Map<String, JsonObject> json = new LinkedHashMap<>();
    tokens.forEach((id, token) -> json.put(id, token.toJson()));
    return json;
  }

  private void forgetOver() {
    long now = System.currentTimeMillis();
    tokens.values().removeIf(token -> links.asOfNow(token).isOverAt(now));
  }

  private static <T> Future<T> refused(ErrorCode code, String why) {
    return Future.failedFuture(new TokenRefusedException(code, why));
  }
}
