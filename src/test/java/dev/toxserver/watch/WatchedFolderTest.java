package dev.toxserver.watch;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real files. */
@Timeout(60)
class WatchedFolderTest {
  /** The JDK keeps 512 events of a folder that nobody takes, and then drops all of them. */
  private static final int TOO_MANY = 600;

  @TempDir Path temporary;

  @Test
  void eventsThatWereDroppedAreASaveOfTheFolderAndWhatTheyHadToldIsFound() throws Exception {
    Path root = temporary.toRealPath();
    Set<Path> saves = ConcurrentHashMap.newKeySet();
    WatchedFolder folder =
        new WatchedFolder(
            root,
            new Ignored(List.of()),
            Git.of(root),
            saved -> {
              synchronized (saves) {
                saves.add(saved);
              }
            },
            trouble -> {});
    folder.open();
    try {
      Path late = root.resolve("late");
      for (int round = 0; !saves.contains(root); round++) {
        // Meanwhile nobody takes an event.
        synchronized (saves) {
          for (int number = 0; number < TOO_MANY; number++) {
            Files.createFile(root.resolve(round + "-" + number));
          }
          Files.createDirectories(late);
        }
        awaitSave(saves, root.resolve(round + "-0"), root);
      }
      folder.openAgainIfIncomplete();
      Path file = Files.createFile(late.resolve("a.py"));
      awaitSave(saves, file, file);
    } finally {
      folder.close();
    }
  }

  private static void awaitSave(Set<Path> saves, Path one, Path other) {
    await("a save of " + one)
        .atMost(Duration.ofSeconds(30))
        .until(() -> saves.contains(one) || saves.contains(other));
  }
}
