package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has to wait is told for what. */
class QueueNoticeIT {
  private static final String ID = "\\w+";

  @TempDir Path folder;

  @Test
  void aRunThatWaitsIsToldItsPlaceAndWhatIsBeforeItAndToldAgainWhenItMoves() throws Exception {
    String tox =
        Script.in(
            folder,
            "echo up $2; while [ ! -e %s/$2 ]; do sleep 0.02; done; echo end".formatted(folder));
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess first = server.client("run", "-e", "first")) {
      first.out().awaitText("up first");
      try (JarProcess second = server.client("run", "-e", "second")) {
        second.err().awaitText("queued");
        try (JarProcess third = server.client("run", "-e", "third")) {
          third.err().awaitText("queued");
          Files.createFile(folder.resolve("first"));
          third.err().awaitText("next in line");
          Files.createFile(folder.resolve("second"));
          Files.createFile(folder.resolve("third"));
          assertThat(third.exitCode()).isZero();
          assertThat(third.err().textWithoutTime())
              .matches(
                  "Command run is queued: 2nd in line, behind "
                      + ID
                      + " \\(-e second\\)\n"
                      + "Command run is queued: next in line, behind "
                      + ID
                      + " \\(-e second\\)\n\\[DONE] passed\n");
        }
        assertThat(second.exitCode()).isZero();
        assertThat(second.err().textWithoutTime())
            .matches(
                "Command run is queued: next in line, behind "
                    + ID
                    + " \\(-e first\\)\n\\[DONE] passed\n");
      }
    }
  }
}
