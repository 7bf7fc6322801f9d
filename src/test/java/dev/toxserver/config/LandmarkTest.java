package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LandmarkTest {
  private static final int NOBODY = 65_534;

  @TempDir Path temporary;
  private Path project;
  private Path file;

  @BeforeEach
  void aProject() throws IOException {
    project = Files.createDirectory(temporary.toRealPath().resolve("pröject"));
    file = project.resolve(".tox-server/server.json");
  }

  @Test
  void aClientBelowFindsThePortAndWhatItsFolderIsCalled() throws IOException {
    Path sub = Files.createDirectories(project.resolve("a/b"));
    new LandmarkFile(project, false).publish(9876);

    Landmark landmark = Landmark.nearest(sub).orElseThrow();

    assertThat(landmark.port()).contains(9876);
    assertThat(landmark.nameOf(sub)).contains("a/b");
    assertThat(landmark.folder()).isEqualTo(project);
    assertThat(landmark.root()).contains(project.toString());
    assertThat(landmark.nameOf(project)).isEmpty();
  }

  @Test
  void theNearestOneCounts() throws IOException {
    Path inner = Files.createDirectory(project.resolve("inner"));
    new LandmarkFile(project, false).publish(1);
    new LandmarkFile(inner, false).publish(2);

    assertThat(Landmark.nearest(inner).orElseThrow().port()).contains(2);
    assertThat(Landmark.nearest(project).orElseThrow().port()).contains(1);
  }

  @Test
  void withoutOneThereIsNothing() {
    assertThat(Landmark.nearest(project)).isEmpty();
  }

  @Test
  void aServerAtASocketHasNoPort() throws IOException {
    new LandmarkFile(project, false).publish(-1);

    assertThat(Landmark.nearest(project).orElseThrow().port()).isEmpty();
  }

  @Test
  void itIsForTheProjectsOwnerAloneAndNotForCommits() throws IOException {
    new LandmarkFile(project, true).publish(9876);

    assertThat(Files.readString(file))
        .matches(
            "\\{\"id\":\"[0-9a-f-]{36}\",\"root\":\"%s\",\"tls\":true,\"port\":9876}\n"
                .formatted(project));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.resolveSibling(".gitignore")).hasContent("*");
    try (var names = Files.list(file.getParent())) {
      assertThat(names.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder(".gitignore", "server.json");
    }
  }

  @Test
  void itGoesWithItsServerAndNotWithAnother() throws IOException {
    LandmarkFile first = new LandmarkFile(project, false);
    LandmarkFile second = new LandmarkFile(project, false);
    first.publish(1);
    second.publish(2);

    first.withdraw();
    assertThat(Landmark.nearest(project).orElseThrow().port()).contains(2);

    second.withdraw();
    second.withdraw();
    assertThat(Landmark.nearest(project)).isEmpty();
  }

  @Test
  void rootGivesItToTheOwnerOfTheProject() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    Files.setAttribute(project, "unix:uid", NOBODY);

    new LandmarkFile(project, false).publish(9876);

    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(NOBODY);
  }

  @Test
  void thePortOfAnotherUserIsNotTaken() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    new LandmarkFile(project, false).publish(9876);
    Files.setAttribute(file, "unix:uid", NOBODY);
    Landmark landmark = Landmark.nearest(project).orElseThrow();

    assertThatThrownBy(landmark::port)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("the port in " + file + " is another user's: give it with -p to trust it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"port\":0}",
        "{\"port\":65536}",
        "{\"port\":\"x\"}",
        "{\"port\":[1]}",
        "{\"port\":9876",
        "text"
      })
  void whatNoServerHasWrittenIsSaidToBeThat(String content) throws IOException {
    Files.createDirectory(file.getParent());
    Files.writeString(file, content);
    Landmark landmark = Landmark.nearest(project).orElseThrow();

    assertThatThrownBy(landmark::port)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(file + " is not as a server writes it: delete it, or give -p");
    assertThat(landmark.root()).isEmpty();
  }

  @Test
  void whatTheUserSaysWins() throws IOException {
    new LandmarkFile(project, false).publish(9876);
    Environment below = environment(project.resolve("sub"));

    assertThat(client(Map.of(), below).servers().get(0).port()).isEqualTo(9876);
    assertThat(startFolder(Map.of(), below)).contains("sub");
    assertThat(client(Map.of(Setting.PORT, "1"), below).servers().get(0).port()).isEqualTo(1);
    assertThat(startFolder(Map.of(Setting.FOLDER, "other"), below)).contains("other");
  }

  @Test
  void aClientMayPassItOver() throws IOException {
    new LandmarkFile(project, false).publish(9876);
    Environment below = environment(project.resolve("sub"));

    assertThat(startFolder(Map.of(Setting.LANDMARK, "false"), below)).isEmpty();
    assertThatThrownBy(() -> client(Map.of(Setting.LANDMARK, "false"), below))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("no port: give -p NUMBER, set TOX_SERVER_PORT, or stand where a server serves");
  }

  private static ClientConfig client(Map<Setting, String> given, Environment environment) {
    return ClientConfig.from(new Settings(given, Map.of(), Map.of()), environment);
  }

  private static Optional<String> startFolder(Map<Setting, String> given, Environment environment) {
    return Landmark.startFolder(new Settings(given, Map.of(), Map.of()), environment);
  }

  private static Environment environment(Path folder) throws IOException {
    return new Environment(Map.of(), Files.createDirectories(folder), List.of());
  }
}
