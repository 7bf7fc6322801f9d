package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.OnContext;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TokenReply;
import dev.toxserver.protocol.TokenRequest;
import dev.toxserver.server.TestConfig;
import dev.toxserver.server.tokens.Links;
import dev.toxserver.server.tokens.Rights;
import dev.toxserver.server.tokens.SharedRun;
import dev.toxserver.server.tokens.TokenStore;
import dev.toxserver.server.tokens.Tokens;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of who is connected by a link when its run is over. */
@ExtendWith(VertxExtension.class)
class EndedRunTest {
  private static final SharedRun RUN = new SharedRun(new RunId("a"), 1, false, Optional.empty());

  @TempDir private Path folder;

  private final FakeWire wire = new FakeWire();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private Context context;
  private Tokens tokens;

  @BeforeEach
  void connect(Vertx vertx) throws Exception {
    context = vertx.getOrCreateContext();
    Links links = new Links(id -> Optional.of(RUN).filter(run -> run.id().equals(id)), 1);
    tokens = new Tokens(Optional.of(TokenStore.in(vertx, folder.resolve("state"))), true, links);
    String link =
        OnContext.call(context, this::share)
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS)
            .secret();
    Optional<Token> own = Optional.of(new Token("the-servers-own-token"));
    OnContext.call(
        context,
        () -> {
          Gate gate = new Gate(vertx, TestConfig.server(own, 1, 1), new Connections());
          gate.admit(tokens);
          Connection connection = gate.open(wire).orElseThrow();
          connection.onClosed(() -> closed.complete(null));
          new FrameGuard(connection, gate, frame -> {})
              .handle(Frames.encode(Frames.withToken(Frames.ping(), link)));
          return null;
        });
  }

  @Test
  void itIsToldAndDisconnectedOnceItHadTimeToReadTheEnd() throws Exception {
    over(RUN.id());
    closed.get(30, TimeUnit.SECONDS);
    assertThat(wire.frames())
        .singleElement()
        .satisfies(
            frame -> assertThat(frame.getString("message")).isEqualTo("the token has expired"));
  }

  private Future<TokenReply.Created> share() {
    return tokens.share(new TokenRequest.Share(RUN.id(), OptionalLong.empty()), RUN, Rights.OWNER);
  }

  private void over(RunId run) throws Exception {
    OnContext.call(
        context,
        () -> {
          tokens.over(run);
          return null;
        });
  }
}
