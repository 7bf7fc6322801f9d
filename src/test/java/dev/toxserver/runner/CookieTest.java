package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CookieTest {
  private static final RunId ID = new RunId("run-1");
  private final Cookie cookie = Cookie.random();

  @Test
  void theMarkIsTheWholeVariableThatIsLookedForLater() {
    Map<String, String> environment = new HashMap<>();

    cookie.mark(environment, ID);

    String value = environment.get("VIRTUALENV_TOX_SERVER_RUN");
    assertThat("VIRTUALENV_TOX_SERVER_RUN=" + value).isEqualTo(cookie.of(ID));
    assertThat(cookie.of(ID)).startsWith(cookie.server()).endsWith("run-1");
  }

  @Test
  void aRunInsideARunHasTheInnerMark() {
    Map<String, String> environment = new HashMap<>();
    Cookie.random().mark(environment, new RunId("outer"));

    cookie.mark(environment, ID);

    assertThat(Cookie.VARIABLE + "=" + environment.get(Cookie.VARIABLE)).isEqualTo(cookie.of(ID));
  }

  @Test
  void theOldToxIsToldToHandTheMarkOnBesideWhatTheUserWants() {
    Map<String, String> environment = new HashMap<>(Map.of("TOX_TESTENV_PASSENV", "HOME LANG"));

    cookie.mark(environment, ID);

    assertThat(environment)
        .containsEntry("TOX_TESTENV_PASSENV", "HOME LANG VIRTUALENV_TOX_SERVER_RUN");
  }

  @Test
  void noTwoServersAndNoTwoRunsShareAMark() {
    assertThat(Cookie.random().server()).isNotEqualTo(cookie.server());
    assertThat(cookie.of(ID)).isNotEqualTo(cookie.of(new RunId("run-2")));
  }
}
