package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.config.NatsConfig;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a replica that does not answer. */
class GetsIT {
  private static final String OUTPUT = NatsSubjects.OUTPUT_STREAM;
  private static final NatsSubjects.Log LOG =
      new NatsSubjects.Log(new RunnerName("r1"), new RunId("x"), "p");

  /** Has all direct gets of a stream lost where nobody answers. */
  private static final String LOSES_GETS =
      """
      mappings {
        "$JS.API.DIRECT.GET.TOX_OUT": "lost"
        "$JS.API.DIRECT.GET.TOX_OUT.>": "lost.>"
      }
      """;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private NatsCluster cluster;
  private NatsParty hub;
  private final List<Stored> lost = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() throws Exception {
    NatsCluster.end(vertx, cluster);
  }

  @Test
  void theLeaderTellsAHubWhatNoReplicaDoes() throws Exception {
    begin();
    Stored kept = new Stored(LOG.message(0), Map.of(Stored.BY, "me"), Buffer.buffer("well"));
    hub.await(() -> hub.link().create(kept));

    List<Callable<Future<Optional<Stored>>>> gets =
        List.of(
            () -> hub.link().get(OUTPUT, LOG.message(0)),
            () -> hub.link().getAt(OUTPUT, 1),
            () -> hub.link().getFrom(OUTPUT, 1, LOG.all()));
    for (Callable<Future<Optional<Stored>>> get : gets) {
      Stored found = hub.await(get).orElseThrow();
      assertThat(found.subject()).isEqualTo(LOG.message(0));
      assertThat(found.body()).hasToString("well");
      assertThat(found.by()).hasValue("me");
      assertThat(found.sequence()).isEqualTo(1);
    }
    assertThat(hub.await(() -> hub.link().get(OUTPUT, LOG.message(1)))).isEmpty();
    assertThat(hub.await(() -> hub.link().getAt(OUTPUT, 2))).isEmpty();
    assertThat(lost).isNotEmpty();
  }

  @Test
  void theLeaderTellsAHubWhatIsAsLargeAsAMessageMayBe() throws Exception {
    begin();
    Buffer large = Buffer.buffer(new byte[1_040_000]);
    hub.await(() -> hub.link().create(Stored.of(LOG.message(0), large)));

    assertThat(hub.await(() -> hub.link().get(OUTPUT, LOG.message(0))))
        .hasValueSatisfying(found -> assertThat(found.body()).isEqualTo(large));
  }

  @Test
  void aRunnerWhoseGetIsLostAsksAgainAndNotTheLeader() throws Exception {
    begin();
    List<Stored> askedOfTheLeader = new CopyOnWriteArrayList<>();
    hub.call(() -> hub.link().listen("$JS.API.STREAM.MSG.GET.>", askedOfTheLeader::add));
    hub.call(
        () ->
            hub.link()
                .answer(
                    "lost.>",
                    "",
                    get ->
                        lost.size() < 2
                            ? Promise.<Buffer>promise().future()
                            : Future.succeededFuture(Buffer.buffer("well"))));
    NatsParty runner = new NatsParty(vertx, cluster.config(), "r1");

    assertThat(runner.await(() -> runner.link().get(OUTPUT, LOG.message(0))))
        .hasValueSatisfying(found -> assertThat(found.body()).hasToString("well"));
    assertThat(askedOfTheLeader).isEmpty();
  }

  @Test
  void aReplicaThatHangsCostsNoGet() throws Exception {
    cluster = NatsCluster.start(folder, 3);
    NatsConfig config = cluster.config();
    NatsParty anywhere = new NatsParty(vertx, config, "anywhere");
    anywhere.await(() -> Streams.prepare(anywhere.link(), config.store(), 10));
    anywhere.await(() -> anywhere.link().create(Stored.of(LOG.message(0), Buffer.buffer("well"))));
    int leader = cluster.leader(OUTPUT);
    hub =
        hub(
            new NatsConfig(
                List.of(cluster.urls().get(leader)),
                config.login(),
                Optional.empty(),
                config.store()));
    // A replica is asked from the second on after it has the stream.
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(20))
        .until(() -> hub.await(() -> hub.link().get(OUTPUT, LOG.message(0))).isPresent());

    cluster.stop((leader + 1) % 3);

    for (int i = 0; i < 15; i++) {
      assertThat(hub.await(() -> hub.link().get(OUTPUT, LOG.message(0)))).isPresent();
    }
  }

  private void begin() throws Exception {
    cluster = NatsCluster.start(folder, 1, LOSES_GETS);
    hub = hub(cluster.config());
    hub.await(() -> Streams.prepare(hub.link(), cluster.config().store(), 10));
    hub.call(() -> hub.link().listen("lost", lost::add));
    hub.call(() -> hub.link().listen("lost.>", lost::add));
  }

  private NatsParty hub(NatsConfig config) throws Exception {
    return new NatsParty(vertx, () -> NatsLink.connectHub(vertx, config, "hub-1"));
  }
}
