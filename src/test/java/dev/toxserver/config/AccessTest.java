package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final Settings NOTHING_SET = new Settings(Map.of(), Map.of(), Map.of());
  private static final Settings NO_AUTH =
      new Settings(Map.of(Setting.AUTH, "false"), Map.of(), Map.of());
  private static final Settings TOKEN_GIVEN =
      new Settings(Map.of(), Map.of("TOX_SERVER_TOKEN", "sesame"), Map.of());

  @TempDir Path project;

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "127.8.9.10", "localhost", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
  void whatOnlyThisMachineReachesNeedsNothing(String host) {
    assertThat(decide(NOTHING_SET, host))
        .isEqualTo(new Access(Optional.empty(), Optional.empty(), false));
    assertThat(TokenFile.in(project)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "a-name-of-no-host.invalid"})
  void whatOthersReachWantsATokenThatIsMadeInTheProject(String host) {
    Access access = decide(NOTHING_SET, host);

    assertThat(access.token()).contains(Token.read(TokenFile.in(project)));
    assertThat(access.open()).isFalse();
    assertThat(access.notice()).contains("Clients need the token in " + TokenFile.in(project));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  void aTokenThatIsGivenIsWantedEverywhereAndNoneIsMade(String host) {
    assertThat(decide(TOKEN_GIVEN, host))
        .isEqualTo(new Access(Optional.of(new Token("sesame")), Optional.empty(), false));
    assertThat(TokenFile.in(project)).doesNotExist();
  }

  @Test
  void withoutAuthEverybodyIsLetInAndTheUserIsWarned() {
    Access access = decide(NO_AUTH, "0.0.0.0");

    assertThat(access.token()).isEmpty();
    assertThat(access.open()).isTrue();
    assertThat(access.notice().orElseThrow()).startsWith("--no-auth: whoever reaches 0.0.0.0 can");
    assertThat(TokenFile.in(project)).doesNotExist();
  }

  @Test
  void withoutAuthOnLoopbackThereIsNothingToWarnOf() {
    assertThat(decide(NO_AUTH, "127.0.0.1"))
        .isEqualTo(new Access(Optional.empty(), Optional.empty(), false));
  }

  @Test
  void clientsThatShowCertificatesNeedNoTokenBesides() {
    Tls mutual = new Tls(Optional.of(pem()), Optional.of(pem()), Optional.of(pem()));

    assertThat(decide(NOTHING_SET, "0.0.0.0", Optional.of(mutual)).token()).isEmpty();
    assertThat(TokenFile.in(project)).doesNotExist();
  }

  @Test
  void encryptionAloneOpensNothing() {
    Tls plain = new Tls(Optional.of(pem()), Optional.of(pem()), Optional.empty());

    assertThat(decide(NOTHING_SET, "0.0.0.0", Optional.of(plain)).token()).isPresent();
  }

  @Test
  void noNoticeShowsTheToken() throws Exception {
    String notice = decide(NOTHING_SET, "0.0.0.0").notice().orElseThrow();

    assertThat(notice).doesNotContain(Files.readString(TokenFile.in(project)).strip());
  }

  private Access decide(Settings settings, String host) {
    return decide(settings, host, Optional.empty());
  }

  private Access decide(Settings settings, String host, Optional<Tls> tls) {
    return Access.decide(
        settings, new ServerConfig.Listen(host, 0, Optional.empty(), tls), project);
  }

  private Path pem() {
    return project.resolve("x.pem");
  }
}
