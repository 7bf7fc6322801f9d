package dev.toxserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real files, and real git. */
@Timeout(60)
class WatcherTest {
  @TempDir Path temporary;

  private final BlockingQueue<Change> saves = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
  private Path folder;
  private Repository repository;
  private Watcher watcher;

  @BeforeEach
  void aProject() throws Exception {
    folder = temporary.toRealPath();
    repository = Repository.in(folder);
    repository.write(".gitignore", "build/\n*.log\n");
    repository.write("src/a.py", "");
    repository.write("build/lib/b.py", "");
    repository.commit();
  }

  @AfterEach
  void end() throws IOException {
    if (watcher != null) {
      watcher.close();
    }
  }

  @Test
  void aSaveIsToldByTheFilesName() throws Exception {
    watch();
    repository.write("src/a.py", "x = 1\n");
    assertThat(next().files()).containsExactly("src/a.py");
  }

  @Test
  void aFileThatIsDeletedOrMovedIsAChangeToo() throws Exception {
    watch();
    Files.move(folder.resolve("src/a.py"), folder.resolve("src/b.py"));
    assertThat(next().files()).containsExactly("src/a.py", "src/b.py");
  }

  @Test
  void aNewFolderIsWatchedWithAllThatIsInIt() throws Exception {
    watch();
    repository.write("new/deep/a.py", "");
    assertThat(next().files()).containsExactly("new/deep/a.py");
    repository.write("new/deep/a.py", "x = 1\n");
    assertThat(next().files()).containsExactly("new/deep/a.py");
  }

  @Test
  void whatIsIgnoredIsNoChange() throws Exception {
    watch("*.md");
    repository.write("build/lib/b.py", "x = 1\n");
    repository.write("src/a.log", "");
    repository.write("src/__pycache__/a.pyc", "");
    repository.write("README.md", "");
    repository.git("commit", "-q", "--allow-empty", "-m", "nothing");
    assertNoChange();
  }

  @Test
  void aBranchSwitchIsOneChange() throws Exception {
    repository.git("checkout", "-q", "-b", "other");
    for (int number = 0; number < 1_000; number++) {
      repository.write("d" + number % 5 + "/f" + number + ".py", "x = " + number + "\n");
    }
    repository.commit();
    watch();
    repository.git("checkout", "-q", "main");
    assertThat(next().files()).hasSize(100);
    repository.git("checkout", "-q", "other");
    assertThat(next().files()).hasSize(100);
    assertNoChange();
    repository.write("d1/f1.py", "");
    assertThat(next().files()).containsExactly("d1/f1.py");
  }

  @Test
  void aFolderThatIsGoneIsTold() throws Exception {
    Path doomed = Files.createDirectory(folder.resolve("doomed"));
    watcher =
        Watcher.open(folder, List.of(doomed), new Ignored(List.of()), saves::add, troubles::add);
    Files.delete(doomed);
    assertThat(troubles.poll(30, TimeUnit.SECONDS)).contains("doomed is gone");
  }

  /** Nothing but the next save is told: what came before it would have come first. */
  private void assertNoChange() throws Exception {
    repository.write("src/sentinel.py", Long.toString(System.nanoTime()));
    assertThat(next().files()).containsExactly("src/sentinel.py");
  }

  private void watch(String... globs) throws IOException {
    watcher =
        Watcher.open(
            folder, List.of(folder), new Ignored(List.of(globs)), saves::add, troubles::add);
  }

  private Change next() throws InterruptedException {
    Change change = saves.poll(30, TimeUnit.SECONDS);
    assertThat(change).as("a change").isNotNull();
    return change;
  }
}
