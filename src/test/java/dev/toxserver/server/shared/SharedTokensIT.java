package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.NatsCluster;
import dev.toxserver.nats.NatsParty;
import dev.toxserver.nats.Streams;
import dev.toxserver.protocol.Scope;
import dev.toxserver.protocol.TokenReply;
import dev.toxserver.protocol.TokenRequest;
import dev.toxserver.server.tokens.Links;
import dev.toxserver.server.tokens.Tokens;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Narrow tokens of two hubs, over a real NATS. */
class SharedTokensIT {
  private static final TokenRequest.Create READ =
      new TokenRequest.Create(Scope.READ, List.of(), OptionalLong.empty());

  @TempDir Path folder;
  private final List<Vertx> vertxes = new ArrayList<>();
  private NatsCluster cluster;
  private Hub first;
  private Hub second;

  private record Hub(NatsParty party, Tokens tokens, List<String> revoked) {
    boolean letsIn(String secret) throws Exception {
      return party.call(() -> tokens.find(secret).isPresent());
    }
  }

  @BeforeEach
  void begin() throws Exception {
    cluster = NatsCluster.start(folder, 1);
    first = hub("h1");
    second = hub("h2");
  }

  @AfterEach
  void end() throws Exception {
    for (Vertx each : vertxes) {
      each.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    cluster.close();
  }

  @Test
  void aTokenThatIsMadeAtOneHubLetsInAtEachAndAtThoseThatAreStartedLater() throws Exception {
    TokenReply.Created made = create();

    await().until(() -> second.letsIn(made.secret()));
    assertThat(hub("h3").letsIn(made.secret())).isTrue();
    assertThat(second.letsIn(made.secret() + "x")).isFalse();
  }

  @Test
  void oneThatIsRevokedAtAnotherHubLetsInNowhereAndWhoCameByItIsSentAway() throws Exception {
    TokenReply.Created made = create();
    String id = made.status().id();
    await().until(() -> second.letsIn(made.secret()));

    second.party().await(() -> second.tokens().revoke(id));

    await().until(() -> !first.letsIn(made.secret()));
    assertThat(first.revoked()).containsExactly(id);
    assertThat(hub("h3").letsIn(made.secret())).isFalse();
  }

  @Test
  void bothHubsMakeTokensAtOnceAndNoneIsLost() throws Exception {
    List<TokenReply.Created> made = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      made.add(create());
      made.add(second.party().await(() -> second.tokens().create(READ)));
    }

    Hub third = hub("h3");
    for (TokenReply.Created each : made) {
      assertThat(third.letsIn(each.secret())).isTrue();
    }
  }

  private TokenReply.Created create() throws Exception {
    return first.party().await(() -> first.tokens().create(READ));
  }

  private Hub hub(String name) throws Exception {
    // A context of its own: a test's thread would be given the same one for all.
    Vertx vertx = Vertx.vertx();
    vertxes.add(vertx);
    NatsParty party = new NatsParty(vertx, cluster.config(), name);
    party.await(() -> Streams.prepare(party.link(), cluster.config().store(), 10));
    Links links = new Links(run -> Optional.empty(), 1_000);
    Tokens tokens = new Tokens(Optional.of(new SharedTokens(party.link())), true, links);
    List<String> revoked = new CopyOnWriteArrayList<>();
    party.call(
        () -> {
          tokens.onRevoked(revoked::add);
          return null;
        });
    party.await(tokens::open);
    return new Hub(party, tokens, revoked);
  }
}
