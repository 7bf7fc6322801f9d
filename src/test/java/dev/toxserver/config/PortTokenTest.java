package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortTokenTest {
  private static final int PORT = 9876;
  private static final int NOBODY = 65_534;
  private static final String LOOPBACK = "127.0.0.1";

  @TempDir Path home;
  private Path ports;

  @BeforeEach
  void aHome() {
    ports = home.resolve("tox-server").resolve("ports");
  }

  @Test
  void theSameUsersClientsFindItByThePortWhileTheServerRuns() throws IOException {
    PortToken token = PortToken.prepare(variables(), LOOPBACK);

    assertThat(find(LOOPBACK)).isEmpty();
    token.publish(PORT);
    assertThat(find(LOOPBACK)).contains(token.token());
    assertThat(PortToken.find(variables(), LOOPBACK, PORT + 1)).isEmpty();
    token.withdraw(PORT);
    assertThat(find(LOOPBACK)).isEmpty();
    assertThat(ports).isEmptyDirectory();
  }

  @Test
  void nobodyElseCanReadIt() throws IOException {
    PortToken.prepare(variables(), LOOPBACK).publish(PORT);

    assertThat(mode(ports)).isEqualTo("rwx------");
    assertThat(mode(file())).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(ports)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void eachStartHasAnotherSoThatOneLeftBehindOpensNothing() throws IOException {
    assertThat(PortToken.prepare(variables(), LOOPBACK).token())
        .isNotEqualTo(PortToken.prepare(variables(), LOOPBACK).token());
  }

  @Test
  void theNextServerAtThePortReplacesItAndTheFirstDoesNotTakeThatAway() throws IOException {
    PortToken first = PortToken.prepare(variables(), LOOPBACK);
    PortToken second = PortToken.prepare(variables(), LOOPBACK);

    first.publish(PORT);
    second.publish(PORT);
    first.withdraw(PORT);
    assertThat(find(LOOPBACK)).contains(second.token());
  }

  @Test
  void itIsThereBeforeTheServerListensButNotInPlaceOfAnotherThatRuns() throws IOException {
    PortToken first = PortToken.prepare(variables(), LOOPBACK);
    PortToken second = PortToken.prepare(variables(), LOOPBACK);

    first.announce(PORT);
    assertThat(find(LOOPBACK)).contains(first.token());
    second.announce(PORT);
    assertThat(find(LOOPBACK)).contains(first.token());

    second.withdraw(PORT);
    assertThat(find(LOOPBACK)).as("it could not listen: the first one's stays").isPresent();

    Files.writeString(file(), ofNoProcess());
    second.announce(PORT);
    assertThat(find(LOOPBACK)).contains(second.token());
  }

  @Test
  void whereThePortIsChosenByTheSystemNothingIsThereBefore() throws IOException {
    PortToken.prepare(variables(), LOOPBACK).announce(0);

    assertThat(ports).isEmptyDirectory();
  }

  @Test
  void oneOfAServerThatIsGoneIsNotShown() throws IOException {
    PortToken token = PortToken.prepare(variables(), LOOPBACK);
    token.publish(PORT);

    Files.writeString(file(), ofNoProcess());
    assertThat(find(LOOPBACK)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "127.0.0.1, 0:0:0:0:0:0:0:1, false",
    "::1, 0:0:0:0:0:0:0:1, true",
    "::1, 127.0.0.1, false",
    "0.0.0.0, 127.0.0.1, true",
    "0.0.0.0, 0:0:0:0:0:0:0:1, true",
    "192.0.2.1, 127.0.0.1, false",
  })
  void itIsShownToNobodyButTheServerAtThatAddress(String bound, String reached, boolean shown)
      throws IOException {
    PortToken.prepare(variables(), bound).publish(PORT);

    assertThat(find(reached).isPresent()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sesame", "opensesame-12345", "opensesame-12345 127.0.0.1", "\u0000"})
  void whatIsNoFileOfAServersIsNoToken(String text) throws IOException {
    Files.createDirectories(ports);
    Files.writeString(file(), text);

    assertThat(find(LOOPBACK)).isEmpty();
  }

  @Test
  void aFileThatIsALinkIsReplacedAndWhatItNamesIsNotWritten() throws IOException {
    Path elsewhere = Files.createFile(home.resolve("elsewhere"));
    PortToken token = PortToken.prepare(variables(), LOOPBACK);
    Files.createSymbolicLink(file(), elsewhere);

    token.publish(PORT);

    assertThat(elsewhere).isEmptyFile();
    assertThat(Files.isSymbolicLink(file())).isFalse();
  }

  @Test
  void aFolderThatIsALinkIsRefusedAndNothingIsWrittenThere() throws IOException {
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    Files.createDirectories(ports.getParent());
    Files.createSymbolicLink(ports, elsewhere);

    assertThatThrownBy(() -> PortToken.prepare(variables(), LOOPBACK))
        .isInstanceOf(IOException.class)
        .hasMessage(ports + " is no folder of this user's");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aFolderOfAnotherUsersIsRefused() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    Files.createDirectories(ports);
    Files.setAttribute(ports, "unix:uid", NOBODY);

    assertThatThrownBy(() -> PortToken.prepare(variables(), LOOPBACK))
        .isInstanceOf(IOException.class)
        .hasMessage(ports + " is no folder of this user's");
  }

  @Test
  void aFolderThatOthersMayEnterIsClosed() throws IOException {
    Files.createDirectories(ports);
    Files.setPosixFilePermissions(ports, PosixFilePermissions.fromString("rwxrwxrwx"));

    PortToken.prepare(variables(), LOOPBACK);

    assertThat(mode(ports)).isEqualTo("rwx------");
  }

  @Test
  void withoutAHomeThereIsNone() {
    assertThatThrownBy(() -> PortToken.prepare(Map.of(), LOOPBACK)).isInstanceOf(IOException.class);
    assertThat(PortToken.find(Map.of(), LOOPBACK, PORT)).isEmpty();
  }

  /** The same file with the id of no process: the kernel's largest is 4194304. */
  private String ofNoProcess() throws IOException {
    return Files.readString(file()).replaceFirst(" [0-9]+\n", " 99999999\n");
  }

  private Optional<Token> find(String ip) {
    return PortToken.find(variables(), ip, PORT);
  }

  private Path file() {
    return ports.resolve(String.valueOf(PORT));
  }

  private Map<String, String> variables() {
    return Map.of("XDG_STATE_HOME", home.toString());
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
