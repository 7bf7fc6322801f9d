package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFolderTest {
  @TempDir Path temporary;
  private Path served;

  @BeforeEach
  void aFolderThatIsServed() throws IOException {
    served = Files.createDirectories(temporary.toRealPath().resolve("served"));
  }

  @Test
  void withoutAWishItIsTheFolderThatIsServed() throws LaunchException {
    StartFolder folder = StartFolder.of(served, Optional.empty());

    assertThat(folder.path()).isEqualTo(served);
    assertThat(folder.notice()).isEmpty();
  }

  @Test
  void aFolderBelowIsItself() throws Exception {
    Files.createDirectories(served.resolve("sub/deeper"));

    StartFolder folder = StartFolder.of(served, Optional.of("sub/deeper"));

    assertThat(folder.path()).isEqualTo(served.resolve("sub/deeper"));
    assertThat(folder.notice()).isEmpty();
  }

  @Test
  void oneThatIsNotHereIsToldAndIsTheOneThatIsServed() throws Exception {
    Files.createFile(served.resolve("file"));

    for (String missing : new String[] {"sub", "file"}) {
      StartFolder folder = StartFolder.of(served, Optional.of(missing));

      assertThat(folder.path()).isEqualTo(served);
      assertThat(folder.notice())
          .contains("there is no folder " + missing + " on the server: tox starts in " + served);
    }
  }

  @Test
  void aLinkMayLeadToAnotherFolderBelow() throws Exception {
    Files.createDirectory(served.resolve("sub"));
    Files.createSymbolicLink(served.resolve("link"), Path.of("sub"));

    assertThat(StartFolder.of(served, Optional.of("link")).path()).isEqualTo(served.resolve("sub"));
  }

  @Test
  void aLinkThatLeadsOutIsRefused() throws Exception {
    Path beside = Files.createDirectory(served.resolveSibling("served-too"));
    Files.createSymbolicLink(served.resolve("link"), beside);

    assertThatThrownBy(() -> StartFolder.of(served, Optional.of("link")))
        .isInstanceOf(LaunchException.class)
        .hasMessage("a link leads out of the folder that is served, to " + beside);
  }
}
