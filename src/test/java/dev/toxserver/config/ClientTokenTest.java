package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which token a client shows: what the user names, then the port's, then the project's. */
class ClientTokenTest {
  private static final int PORT = 9876;
  private static final int LOCAL_PORT = 40_000;
  private static final Optional<String> LOOPBACK = Optional.of("127.0.0.1");
  private static final Optional<String> ANOTHER_HOST = Optional.of("192.0.2.1");

  @TempDir Path project;

  @Test
  void whatIsGivenWinsOverThatOfThePortAndThatOverTheProject() throws IOException {
    Token ofProject = TokenFile.obtain(project);
    PortToken ofPort = publish();

    ClientToken given = clientToken(Map.of("TOX_SERVER_TOKEN", "opensesame-12345"));
    assertThat(given.showTo(LOOPBACK, PORT, LOCAL_PORT)).contains(new Token("opensesame-12345"));
    assertThat(given.showTo(ANOTHER_HOST, PORT, LOCAL_PORT))
        .contains(new Token("opensesame-12345"));

    ClientToken found = clientToken(Map.of());
    assertThat(found.showTo(LOOPBACK, PORT, LOCAL_PORT)).contains(ofPort.token());
    assertThat(found.showTo(LOOPBACK, PORT + 1, LOCAL_PORT)).contains(ofProject);
  }

  @Test
  void beyondLoopbackAndOverASocketOnlyTheProjectsIsShown() throws IOException {
    publish();
    assertThat(clientToken(Map.of()).showTo(ANOTHER_HOST, PORT, LOCAL_PORT)).isEmpty();

    Token ofProject = TokenFile.obtain(project);
    assertThat(clientToken(Map.of()).showTo(ANOTHER_HOST, PORT, LOCAL_PORT)).contains(ofProject);
    assertThat(clientToken(Map.of()).showTo(Optional.empty(), 0, 0)).contains(ofProject);
  }

  @Test
  void bothAreLookedForAtEachConnectionSinceTheServerMayComeLater() throws IOException {
    ClientToken client = clientToken(Map.of());
    assertThat(client.showTo(LOOPBACK, PORT, LOCAL_PORT)).isEmpty();

    Token ofProject = TokenFile.obtain(project);
    assertThat(client.showTo(LOOPBACK, PORT, LOCAL_PORT)).contains(ofProject);

    PortToken ofPort = publish();
    assertThat(client.showTo(LOOPBACK, PORT, LOCAL_PORT)).contains(ofPort.token());
    PortToken ofNext = publish();
    assertThat(client.showTo(LOOPBACK, PORT, LOCAL_PORT)).contains(ofNext.token());
  }

  @Test
  void aProjectsFileThatIsThereAndHoldsNoTokenIsAnErrorAtOnce() throws IOException {
    TokenFile.obtain(project);
    Files.writeString(TokenFile.in(project), "x\n");

    assertThatThrownBy(() -> clientToken(Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(TokenFile.in(project) + ": the token must be 16 to 4096 ");
  }

  private PortToken publish() throws IOException {
    PortToken token = PortToken.prepare(variables(), "127.0.0.1");
    token.publish(PORT);
    return token;
  }

  private ClientToken clientToken(Map<String, String> given) {
    return ClientToken.from(
        new Settings(Map.of(), given, Map.of()), new Environment(variables(), project, List.of()));
  }

  private Map<String, String> variables() {
    return Map.of("XDG_STATE_HOME", project.resolve("state").toString());
  }
}
