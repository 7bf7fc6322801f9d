package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toxserver.watch.Repository;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More folders than the system lets a user watch, and many files. */
@Timeout(120)
class WatchLimitsIT {
  /** Namespaces of a user's own have a limit of their own. */
  private static final List<String> WITH_TWENTY_WATCHES =
      List.of(
          "unshare",
          "--user",
          "--map-root-user",
          "sh",
          "-c",
          "echo 20 > /proc/sys/user/max_inotify_watches && exec \"$@\"",
          "sh");

  private static final String MAX_QUEUED_EVENTS = "/proc/sys/fs/inotify/max_queued_events";

  /** Fewer events than the JDK keeps of a folder: it drops none by itself. */
  private static final int OF_A_FOLDER = 400;

  @TempDir Path temporary;

  private Path folder;
  private Repository repository;
  private Server server;

  @BeforeEach
  void aProject() throws Exception {
    folder = temporary.toRealPath();
    repository = Repository.in(folder);
    repository.write(".gitignore", ".state\n*.log\n");
    repository.write("a.py", "");
    server = Server.start(folder, "--tox", "/bin/sh");
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void aFolderTooManyIsToldAndTheOthersAreWatched() throws Exception {
    List<String> command = new ArrayList<>(WITH_TWENTY_WATCHES);
    assumeTrue(canRun(command), "no user namespaces can be made here");
    for (int number = 0; number < 40; number++) {
      repository.write("d" + number + "/a.py", "");
    }
    command.addAll(JarProcess.command());
    command.addAll(List.of("-p", String.valueOf(server.port())));
    command.addAll(List.of("--json", "watch", "-c", "true"));
    try (JarProcess watch = new JarProcess(folder, Map.of(), command)) {
      watch.err().awaitText("raise fs.inotify.max_user_watches, or leave folders out");
      awaitRun(watch, 1);
      repository.write("a.py", "x = 1\n");
      assertThat(awaitRun(watch, 2).getJsonArray("changed")).containsExactly("a.py");
      assertThat(watch.err().text().lines()).hasSize(1);
    }
  }

  @Test
  void aClientThatWatchesTenThousandFilesStaysSmall() throws Exception {
    // As the launcher starts a watch; else a large machine's Java collects no garbage for long.
    Map<String, String> smallHeap = Map.of("JAVA_TOOL_OPTIONS", "-Xms4m");
    for (int number = 0; number < 10_000; number++) {
      repository.write("d" + number / 20 + "/f" + number + ".py", "");
    }
    try (JarProcess watch = server.client(smallHeap, "--json", "watch", "-c", "true")) {
      awaitRun(watch, 1);
      repository.write("d7/f140.py", "x = 1\n");
      assertThat(awaitRun(watch, 2).getJsonArray("changed")).containsExactly("d7/f140.py");
      assertThat(Proc.residentBytes(watch.pid())).isLessThan(100 * Proc.MEGABYTE);
    }
  }

  /** The one save that is not ignored comes when the kernel's queue of events is full. */
  @Test
  void aSaveThatTheKernelHasDroppedMakesARunAllTheSame() throws Exception {
    int most = mostQueued() + 4 * OF_A_FOLDER;
    for (int number = 0; number * OF_A_FOLDER < most; number++) {
      repository.write("d" + number + "/a.py", "");
    }
    try (JarProcess watch = server.client("--json", "watch", "-c", "true")) {
      awaitRun(watch, 1);
      watch.signal("STOP");
      await().atMost(Captured.DEADLINE).until(() -> Proc.state(watch.pid()) == 'T');
      for (int number = 0; number < most; number++) {
        Files.createFile(folder.resolve("d" + number / OF_A_FOLDER).resolve(number + ".log"));
      }
      repository.write("a.py", "x = 1\n");
      watch.signal("CONT");
      assertThat(awaitRun(watch, 2).getJsonArray("changed")).containsExactly(".");
    }
  }

  /** In one read: there is no second of a file of the system's settings. */
  private static int mostQueued() throws Exception {
    try (BufferedReader limit = Files.newBufferedReader(Path.of(MAX_QUEUED_EVENTS))) {
      return Integer.parseInt(limit.readLine());
    }
  }

  private static boolean canRun(List<String> command) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.add("true");
    return new ProcessBuilder(all).start().waitFor() == 0;
  }

  private static JsonObject awaitRun(JarProcess watch, int number) {
    await("run " + number)
        .atMost(Captured.DEADLINE)
        .until(() -> watch.out().text().lines().count() >= number);
    return new JsonObject(watch.out().text().lines().toList().get(number - 1));
  }
}
