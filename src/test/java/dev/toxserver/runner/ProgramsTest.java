package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
  @TempDir private Path first;
  @TempDir private Path second;

  @Test
  void theFirstFolderOfThePathThatHasTheProgramWins() throws IOException {
    Path later = program(second.resolve("tox"));
    assertThat(Programs.find("tox", first + ":" + second)).contains(later);

    Path earlier = program(first.resolve("tox"));
    assertThat(Programs.find("tox", first + ":" + second)).contains(earlier);
  }

  @Test
  void aFileThatIsNotExecutableIsPassedOver() throws IOException {
    Files.createFile(first.resolve("tox"));
    Path program = program(second.resolve("tox"));

    assertThat(Programs.find("tox", first + ":" + second)).contains(program);
    assertThat(Programs.find(first.resolve("tox").toString(), "")).isEmpty();
  }

  @Test
  void aFolderIsNoProgram() throws IOException {
    Files.createDirectory(first.resolve("tox"));

    assertThat(Programs.find("tox", first.toString())).isEmpty();
    assertThat(Programs.find(first.toString(), "")).isEmpty();
  }

  @Test
  void aNameWithASlashIsAFileAndNotLookedForInThePath() throws IOException {
    Path program = program(Files.createDirectory(first.resolve("bin")).resolve("tox"));

    assertThat(Programs.find(program.toString(), "")).contains(program);
    assertThat(Programs.find("bin/tox", first.toString())).isEmpty();
  }

  @Test
  void aNameThatNoFileCanHaveIsNotFound() {
    assertThat(Programs.find("", first.toString())).isEmpty();
    assertThat(Programs.find("to\0x", first.toString())).isEmpty();
    assertThat(Programs.find("./to\0x", first.toString())).isEmpty();
    assertThat(Programs.find("..", first.toString())).isEmpty();
  }

  private static Path program(Path file) throws IOException {
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
