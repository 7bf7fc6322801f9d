package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.GitTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real git. */
class WorkingCopyTest {
  @TempDir Path folder;

  @BeforeEach
  void aRepository() throws Exception {
    git("init", "-q");
    write("a", "1");
    write("sub/b", "2");
    write(".gitignore", "ignored\n");
    git("add", "-A");
    git("commit", "-q", "-m", "first");
  }

  @Test
  void whatIsChangedNewOrGoneMakesAnotherTreeAndWhatIsIgnoredDoesNot() throws Exception {
    GitTree first = WorkingCopy.tree(folder);
    assertThat(first.id()).isEqualTo(git("rev-parse", "HEAD^{tree}"));
    write("ignored", "x");
    assertThat(WorkingCopy.tree(folder)).isEqualTo(first);
    write("a", "other");
    GitTree changed = WorkingCopy.tree(folder);
    write("new", "x");
    GitTree more = WorkingCopy.tree(folder);
    Files.delete(folder.resolve("sub/b"));
    assertThat(Stream.of(first, changed, more, WorkingCopy.tree(folder)).distinct()).hasSize(4);
    write("sub/b", "2");
    write("a", "1");
    Files.delete(folder.resolve("new"));
    assertThat(WorkingCopy.tree(folder)).isEqualTo(first);
  }

  @Test
  void nothingIsWrittenIntoTheRepository() throws Exception {
    write("new", "x");
    write("a", "staged");
    git("add", "a");
    write("a", "not staged");
    Map<Path, String> before = contents();

    WorkingCopy.tree(folder);

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void fromAFolderBelowTheWholeRepositoryCounts() throws Exception {
    write("a", "other");
    assertThat(WorkingCopy.tree(folder.resolve("sub"))).isEqualTo(WorkingCopy.tree(folder));
  }

  @Test
  void inAWorktreeAndBeforeTheFirstCommitThereIsOneToo() throws Exception {
    Path other = folder.resolve("ignored");
    git("worktree", "add", "-q", other.toString());
    assertThat(WorkingCopy.tree(other).id()).isEqualTo(git("rev-parse", "HEAD^{tree}"));
    git("worktree", "remove", "--force", other.toString());
    Path empty = Files.createDirectories(folder.resolve("ignored"));
    new ProcessBuilder("git", "init", "-q").directory(empty.toFile()).start().waitFor();
    assertThat(WorkingCopy.tree(empty).id()).isNotEmpty();
  }

  @Test
  void whereThereIsNoRepositoryThatIsSaid(@TempDir Path none) {
    assertThatThrownBy(() -> WorkingCopy.tree(none))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a git repository");
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String git(String... args) throws Exception {
    String[] command =
        Stream.concat(
                Stream.of("git", "-c", "user.name=a", "-c", "user.email=a@b.c"), Stream.of(args))
            .toArray(String[]::new);
    Process git =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes());
    assertThat(git.waitFor()).as(said).isZero();
    return said.strip();
  }
}
