package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private static final int NOBODY = 65_534;

  @TempDir Path project;

  @Test
  void itIsForItsOwnerAloneAndNotForCommits() throws IOException {
    Token token = TokenFile.obtain(project);

    Path folder = project.resolve(".tox-server");
    assertThat(folder.resolve("token")).hasContent(token.secret() + "\n");
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("token"))).isEqualTo("rw-------");
    assertThat(folder.resolve(".gitignore")).hasContent("*");
    assertThat(namesIn(folder)).containsExactlyInAnyOrder("token", ".gitignore");
  }

  @Test
  void itIsMadeOnce() throws IOException {
    assertThat(TokenFile.obtain(project)).isEqualTo(TokenFile.obtain(project));
  }

  @Test
  void serversThatStartAtOnceAgreeOnOne() throws IOException {
    Set<Token> tokens = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 16).parallel().forEach(n -> tokens.add(obtain()));

    assertThat(tokens).hasSize(1);
    assertThat(namesIn(project.resolve(".tox-server")))
        .containsExactlyInAnyOrder("token", ".gitignore");
  }

  @Test
  void rootGivesItToTheOwnerOfTheProject() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    Files.setAttribute(project, "unix:uid", NOBODY);
    Files.setAttribute(project, "unix:gid", NOBODY);

    Token made = TokenFile.obtain(project);

    for (String name : List.of(".tox-server", ".tox-server/token", ".tox-server/.gitignore")) {
      assertThat(Files.getAttribute(project.resolve(name), "unix:uid")).as(name).isEqualTo(NOBODY);
      assertThat(Files.getAttribute(project.resolve(name), "unix:gid")).as(name).isEqualTo(NOBODY);
    }
    assertThat(TokenFile.obtain(project)).isEqualTo(made);
  }

  @Test
  void oneThatOthersCouldHaveReadIsRefused() throws IOException {
    TokenFile.obtain(project);
    Path token = TokenFile.in(project);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r-----"));

    assertRefused("others can read the token");
  }

  @Test
  void oneThatIsTooShortIsRefusedAndNotShown() throws IOException {
    TokenFile.obtain(project);
    Files.writeString(TokenFile.in(project), "sesame\n");

    assertThatThrownBy(() -> TokenFile.obtain(project))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("(" + TokenFile.in(project) + ": the token must be 16 to 4096 ")
        .hasMessageContaining("; delete it)")
        .hasMessageNotContaining("sesame");
  }

  @Test
  void oneThatSomebodyElseOwnsIsRefused() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    TokenFile.obtain(project);
    Files.setAttribute(TokenFile.in(project), "unix:uid", NOBODY);

    assertRefused("the token belongs to ");
  }

  @Test
  void aFolderThatIsALinkIsRefusedAndNothingIsWrittenThere() throws IOException {
    Path elsewhere = Files.createDirectory(project.resolve("elsewhere"));
    Files.createSymbolicLink(project.resolve(".tox-server"), elsewhere);

    assertRefused("it is no folder");
    assertThat(namesIn(elsewhere)).isEmpty();
  }

  @Test
  void aFolderThatOthersMayWriteToIsRefused() throws IOException {
    Path folder = Files.createDirectory(project.resolve(".tox-server"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertRefused("others can write to it");
    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void aFolderThatSomebodyElseOwnsIsRefused() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    Path folder = Files.createDirectory(project.resolve(".tox-server"));
    Files.setAttribute(folder, "unix:uid", NOBODY);

    assertRefused("it belongs to ");
    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void aTokenThatIsALinkIsRefused() throws IOException {
    Path folder = Files.createDirectory(project.resolve(".tox-server"));
    Path other = Files.writeString(project.resolve("other"), "opensesame-123456");
    Files.createSymbolicLink(folder.resolve("token"), other);

    assertRefused("the token is no plain file");
  }

  @Test
  void aClientTakesTheNearestFromItsFolderUpwards() throws IOException {
    Path inner = Files.createDirectories(project.resolve("inner"));
    Path deep = Files.createDirectories(inner.resolve("a").resolve("b"));
    TokenFile.obtain(project);

    assertThat(TokenFile.nearest(deep)).contains(TokenFile.in(project));
    TokenFile.obtain(inner);
    assertThat(TokenFile.nearest(deep)).contains(TokenFile.in(inner));
    assertThat(TokenFile.nearest(project)).contains(TokenFile.in(project));
  }

  private Token obtain() {
    try {
      return TokenFile.obtain(project);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> TokenFile.obtain(project))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("(" + reason);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
