package dev.toxserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real git. */
class GitTest {
  @TempDir Path folder;

  @Test
  void itIgnoresWhatTheProjectsGitignoreSaysNow() throws Exception {
    Repository repository = Repository.in(folder);
    Path log = repository.write("out/a.log", "");
    Path odd = repository.write("out/ä b\n.log", "");
    Path source = repository.write("a.py", "");
    Git git = Git.of(folder);
    assertThat(git.ignored(List.of(log, odd, source))).isEmpty();
    repository.write(".gitignore", "*.log\n");
    assertThat(git.ignored(List.of(log, odd, source))).containsExactlyInAnyOrder(log, odd);
  }

  @Test
  void whatIsCommittedIsNotIgnored() throws Exception {
    Repository repository = Repository.in(folder);
    Path kept = repository.write("kept.log", "");
    repository.commit();
    repository.write(".gitignore", "*.log\n");
    assertThat(Git.of(folder).ignored(List.of(kept))).isEmpty();
  }

  @Test
  void ignoredFoldersAreToldOnceForAllThatIsInThem() throws Exception {
    Repository repository = Repository.in(folder);
    repository.write(".gitignore", "build/\n");
    repository.write("sub/build/lib/a.py", "");
    repository.write("sub/a.py", "");
    assertThat(Git.of(folder).ignoredFolders()).containsExactly(folder.resolve("sub/build"));
  }

  @Test
  void itIsWritingWhileItHoldsItsLock() throws Exception {
    Repository.in(folder);
    Git git = Git.of(folder);
    assertThat(git.isWriting()).isFalse();
    Path lock = Files.createFile(folder.resolve(".git/index.lock"));
    assertThat(git.isWriting()).isTrue();
    Files.delete(lock);
    assertThat(git.isWriting()).isFalse();
  }

  @Test
  void whereThereIsNoRepositoryItSaysNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("a.py"), "");
    Git git = Git.of(folder);
    assertThat(git.ignored(List.of(file))).isEmpty();
    assertThat(git.ignoredFolders()).isEmpty();
    assertThat(git.isWriting()).isFalse();
  }
}
