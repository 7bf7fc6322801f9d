package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Scope;
import dev.toxserver.protocol.TokenReply;
import dev.toxserver.protocol.TokenStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code share} says of a link. */
class ShareCommandTest {
  private static final TokenStatus LINK = link(OptionalLong.empty());

  @ParameterizedTest
  @CsvSource({
    "tests.example,false,http://tests.example:8080/#token=toxs_t1_x&run=a",
    "127.0.0.1,true,https://127.0.0.1:8080/#token=toxs_t1_x&run=a",
    "::1,false,http://[::1]:8080/#token=toxs_t1_x&run=a"
  })
  void theLinkNamesTheHostAsTheClientDoes(String host, boolean tls, String link) {
    assertThat(
            new PageLink(new Reply.Page(8080, tls), host)
                .to(new TokenReply.Created(LINK, "toxs_t1_x")))
        .isEqualTo(link);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1"})
  void ofALinkByLoopbackItIsSaidThatItWorksHereOnly(String host) {
    assertThat(new PageLink(new Reply.Page(1, false), host).hint().orElseThrow())
        .startsWith("The link works on this machine only. ")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "no-such-host.invalid"})
  void ofAnyOtherNothingIsSaid(String host) {
    assertThat(new PageLink(new Reply.Page(1, false), host).hint()).isEmpty();
  }

  @Test
  void howLongItLastsIsSaidAndListed() {
    assertThat(TokenText.shared(LINK))
        .isEqualTo("It shows run a until 10 minutes after its end. 'token revoke t1' ends it.");
    assertThat(TokenText.shared(link(OptionalLong.of(0))))
        .matches("It shows run a until \\d{4}-.* at the latest\\. 'token revoke t1' ends it\\.");
    assertThat(TokenText.table(List.of(LINK)).lines().toList().get(1))
        .matches("t1  read a  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  with its run.*");
  }

  @Test
  void aTimeThatIsNoneIsSaidToBeThat() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "share", "--for", "8");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).contains("'8' is no time such as 30m, 8h or 7d");
  }

  private static TokenStatus link(OptionalLong end) {
    return new TokenStatus("t1", Scope.LINK, List.of(), Optional.of(new RunId("a")), 0, end);
  }
}
