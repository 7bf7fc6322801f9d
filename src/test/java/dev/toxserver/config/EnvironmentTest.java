package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @TempDir private Path first;
  @TempDir private Path second;

  @Test
  void theFirstConfFolderThatHasTheFileWins() throws IOException {
    Environment environment = new Environment(Map.of(), Path.of("/"), List.of(first, second));
    assertThat(environment.confFile("a.properties")).isEmpty();

    Files.createFile(second.resolve("a.properties"));
    assertThat(environment.confFile("a.properties")).contains(second.resolve("a.properties"));

    Files.createFile(first.resolve("a.properties"));
    assertThat(environment.confFile("a.properties")).contains(first.resolve("a.properties"));
  }

  @Test
  void aFolderOfThatNameIsNoConfFile() throws IOException {
    Files.createDirectory(first.resolve("a.properties"));

    assertThat(new Environment(Map.of(), Path.of("/"), List.of(first)).confFile("a.properties"))
        .isEmpty();
  }

  @Test
  void theRealOneLooksBesideTheFolderThatHoldsTheProgram() {
    Environment real = Environment.ofProcess();

    assertThat(real.confFolders()).contains(Path.of("target", "conf").toAbsolutePath());
    assertThat(real.variables()).isEqualTo(System.getenv());
  }

  @Test
  void aProgramInTheRootDoesNotLookWhereItIsStarted() {
    assertThat(Environment.confFolders(Path.of("/tox-server.jar")))
        .containsExactly(Path.of("/conf"));
  }
}
