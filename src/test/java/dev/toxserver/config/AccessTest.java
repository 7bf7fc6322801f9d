package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final Settings NOTHING_SET = new Settings(Map.of(), Map.of(), Map.of());
  private static final Settings NO_AUTH =
      new Settings(Map.of(Setting.AUTH, "false"), Map.of(), Map.of());
  private static final Settings TOKEN_GIVEN =
      new Settings(Map.of(), Map.of("TOX_SERVER_TOKEN", "opensesame-12345"), Map.of());

  @TempDir Path folder;
  private Path project;
  private Path state;

  @BeforeEach
  void aProject() throws IOException {
    project = Files.createDirectory(folder.resolve("project"));
    state = folder.resolve("state");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "::1",
        "0.0.0.0",
        "192.0.2.1",
        "a-name-of-no-host.invalid"
      })
  void everywhereATokenIsWantedThatIsMadeInTheProjectAndOneForThePort(String host) {
    Access access = decide(NOTHING_SET, host);

    assertThat(access.tokens())
        .containsExactly(Token.read(TokenFile.in(project)), access.portToken().get().token())
        .doesNotHaveDuplicates();
    assertThat(access.notice()).contains("Clients need the token in " + TokenFile.in(project));
    assertThat(access.warns()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  void aTokenThatIsGivenIsTheOnlyOneAndNoneIsMade(String host) {
    assertThat(decide(TOKEN_GIVEN, host)).isEqualTo(Access.wanting(new Token("opensesame-12345")));
    assertThat(project).isEmptyDirectory();
    assertThat(state).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  void withoutAuthEverybodyIsLetInAndTheUserIsWarned(String host) {
    Access access = decide(NO_AUTH, host);

    assertThat(access.tokens()).isEmpty();
    assertThat(access.warns()).isTrue();
    assertThat(access.notice().orElseThrow())
        .isEqualTo(
            "--no-auth: whoever reaches " + host + " can run commands here, and join as a runner");
    assertThat(access.runners()).isEqualTo(RunnerAccess.OPEN);
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void clientsThatShowCertificatesNeedNoTokenBesides() {
    Tls mutual = new Tls(Optional.of(pem()), Optional.of(pem()), Optional.of(pem()));

    assertThat(decide(NOTHING_SET, listen("0.0.0.0", Optional.of(mutual)))).isEqualTo(Access.OPEN);
    assertThat(decide(NO_AUTH, listen("0.0.0.0", Optional.of(mutual))))
        .isEqualTo(Access.OPEN.with(RunnerAccess.OPEN));
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void encryptionAloneOpensNothing() {
    Tls plain = new Tls(Optional.of(pem()), Optional.of(pem()), Optional.empty());

    assertThat(decide(NOTHING_SET, listen("0.0.0.0", Optional.of(plain))).tokens()).isNotEmpty();
  }

  @Test
  void whoMayOpenTheSocketNeedsNoTokenBesides() {
    ServerConfig.Listen socket =
        new ServerConfig.Listen("127.0.0.1", 0, Optional.of(Path.of("s")), Optional.empty());

    Access open = Access.OPEN.with(RunnerAccess.OPEN);
    assertThat(decide(NOTHING_SET, socket)).isEqualTo(open);
    assertThat(decide(NO_AUTH, socket)).isEqualTo(open);
  }

  @Test
  void whereClientsOfASocketNeedATokenRunnersDoNotJoinWithoutOne() {
    ServerConfig.Listen socket =
        new ServerConfig.Listen("127.0.0.1", 0, Optional.of(Path.of("s")), Optional.empty());

    Map<String, String> variables = Map.of("TOX_SERVER_TOKEN", "opensesame-12345");
    assertThat(decide(new Settings(Map.of(), variables, Map.of()), socket))
        .isEqualTo(Access.wanting(new Token("opensesame-12345")));
  }

  @Test
  void aPageOpensWhatASocketCloses() {
    ServerConfig.Listen both =
        new ServerConfig.Listen(
            "127.0.0.1",
            0,
            Optional.of(Path.of("s")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new PageConfig(0, List.of("localhost"))));

    assertThatThrownBy(() -> decide(NOTHING_SET, both))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("--http to all of this machine")
        .hasMessageContaining("--token-file");
    assertThat(decide(NO_AUTH, both).warns()).isTrue();
    Map<String, String> variables = Map.of("TOX_SERVER_TOKEN", "opensesame-12345");
    assertThat(decide(new Settings(Map.of(), variables, Map.of()), both))
        .isEqualTo(Access.wanting(new Token("opensesame-12345")));
  }

  @Test
  void noNoticeShowsTheToken() throws Exception {
    String notice = decide(NOTHING_SET, "0.0.0.0").notice().orElseThrow();

    assertThat(notice).doesNotContain(Files.readString(TokenFile.in(project)).strip());
  }

  /** A folder that is gone can't be written by anybody, not even by root. */
  @Test
  void whereTheProjectCanNotBeWrittenThePortsTokenIsLeftAndTheUserIsTold() throws Exception {
    Files.delete(project);

    Access access = decide(NOTHING_SET, "127.0.0.1");

    assertThat(access.tokens()).containsExactly(access.portToken().get().token());
    assertThat(access.warns()).isTrue();
    assertThat(access.notice().orElseThrow())
        .startsWith("no token can be kept in " + project)
        .endsWith("for others, name one with --token-file or TOX_SERVER_TOKEN");
  }

  @Test
  void whereTheStateFolderCanNotBeWrittenTheProjectsTokenIsLeft() throws Exception {
    Files.createFile(state);

    Access access = decide(NOTHING_SET, "127.0.0.1");

    assertThat(access.tokens()).containsExactly(Token.read(TokenFile.in(project)));
    assertThat(access.portToken()).isEmpty();
    assertThat(access.warns()).isFalse();
  }

  @Test
  void whereNeitherCanBeWrittenTheServerDoesNotStart() throws Exception {
    Files.delete(project);
    Files.createFile(state);

    assertThatThrownBy(() -> decide(NOTHING_SET, "127.0.0.1"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("no token can be kept in " + project)
        .hasMessageEndingWith("name one with --token-file or TOX_SERVER_TOKEN");
  }

  private Access decide(Settings settings, String host) {
    return decide(settings, listen(host, Optional.empty()));
  }

  private Access decide(Settings settings, ServerConfig.Listen listen) {
    Map<String, String> variables = Map.of("XDG_STATE_HOME", state.toString());
    return Access.decide(settings, listen, new Environment(variables, project, List.of()));
  }

  private static ServerConfig.Listen listen(String host, Optional<Tls> tls) {
    return new ServerConfig.Listen(host, 0, Optional.empty(), tls);
  }

  private Path pem() {
    return folder.resolve("x.pem");
  }
}
