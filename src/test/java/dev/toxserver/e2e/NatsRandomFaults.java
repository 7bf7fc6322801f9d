package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hubs and runners are killed at random moments. {@code e2e/nats} runs it and no build does. */
class NatsRandomFaults {
  private static final int KILLS = 30;
  private static final int CLIENTS = 3;
  private static final int LOST = 125;

  @RegisterExtension final NatsScene scene = new NatsScene();

  private final Random random = new Random();
  private final AtomicInteger runs = new AtomicInteger();
  private volatile boolean isOver;

  /**
   * Of each run all came or its runner was killed, and it began once; one that may begin once more
   * at most twice.
   */
  @Test
  void noRunOfManyBeginsTwiceIsForgottenOrLeftWhoeverIsKilled() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Integer>> lost = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        lost.add(clients.submit(this::runAgainAndAgain));
      }
      for (int i = 0; i < KILLS; i++) {
        killOne();
      }
      isOver = true;
      int all = 0;
      for (Future<Integer> each : lost) {
        all += each.get(NatsTeam.LONG.toSeconds(), TimeUnit.SECONDS);
      }
      System.out.printf("%d runs, %d kills, %d lost%n", runs.get(), KILLS, all);
    } finally {
      isOver = true;
      clients.shutdownNow();
    }
  }

  private void killOne() throws Exception {
    boolean isHub = random.nextBoolean();
    String name = (isHub ? "h" : "r") + (1 + random.nextInt(2));
    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
    (isHub ? scene.hub(name) : scene.runner(name)).signal("KILL");
    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
    if (isHub) {
      scene.startHub(name);
    } else {
      scene.startRunner(name);
    }
  }

  /** How many were lost. */
  private int runAgainAndAgain() throws Exception {
    int lost = 0;
    while (!isOver) {
      lost += run(runs.incrementAndGet()) ? 0 : 1;
    }
    return lost;
  }

  /** Whether it came to its end. */
  private boolean run(int number) throws Exception {
    List<Server> hubs = new ArrayList<>(scene.hubs());
    Collections.shuffle(hubs);
    boolean retries = number % 2 == 0;
    List<String> args = new ArrayList<>(retries ? List.of("--retry-lost") : List.of());
    String script =
        "echo x >> begun-%d; echo out %d; sleep 0.%d; exit 7"
            .formatted(number, number, number % 10);
    Collections.addAll(args, "run", "-c", script);
    JarProcess run = scene.team().client(hubs, args.toArray(String[]::new));
    int code = run.exitCode(NatsTeam.LONG);
    String told = "run %d: %s".formatted(number, run.err().text());
    assertThat(code).as(told).isIn(7, LOST);
    assertThat(begun(number)).as(told).isLessThanOrEqualTo(retries ? 2 : 1);
    if (code == 7) {
      assertThat(begun(number)).as(told).isPositive();
      assertThat(run.out().text())
          .as(told)
          .matches("(out %d\n){1,%d}".formatted(number, begun(number)));
    }
    return code == 7;
  }

  private int begun(int number) throws Exception {
    Path file = scene.file("begun-" + number);
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }
}
