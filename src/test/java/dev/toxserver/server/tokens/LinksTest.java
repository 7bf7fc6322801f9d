package dev.toxserver.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Scope;
import dev.toxserver.protocol.TokenStatus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long links last, by what is known of their runs. */
class LinksTest {
  private static final RunId RUN = new RunId("a");
  private static final long ACCEPTED = 1_000;
  private static final long GRACE = 60_000;
  private static final SharedRun UNDER_WAY = run(ACCEPTED, false, Optional.empty());
  private static final SharedRun ENDED = run(ACCEPTED, true, Optional.of(5_000L));

  private Optional<SharedRun> known = Optional.of(UNDER_WAY);
  private final Links links = new Links(id -> known.filter(run -> run.id().equals(id)), GRACE);

  @Test
  void oneToARunUnderWayEndsSoonAfterTheRun() {
    NarrowToken link = link(UNDER_WAY, OptionalLong.empty());
    assertThat(end(link)).isEmpty();
    known = Optional.of(ENDED);
    assertThat(end(link)).hasValue(5_000 + GRACE);
  }

  @Test
  void theEndThatWasAskedForHoldsIfItIsSooner() {
    NarrowToken link = link(UNDER_WAY, OptionalLong.of(6_000));
    known = Optional.of(ENDED);
    assertThat(end(link)).hasValue(6_000);
  }

  @Test
  void oneToARunThatHadEndedLastsAsLongAsWasSaid() {
    known = Optional.of(ENDED);
    assertThat(end(link(ENDED, OptionalLong.of(9_000_000)))).hasValue(9_000_000);
  }

  @Test
  void ofARunWhoseEndNobodyKnowsItIsOver() {
    NarrowToken link = link(UNDER_WAY, OptionalLong.empty());
    known = Optional.of(run(ACCEPTED, true, Optional.empty()));
    assertThat(links.asOfNow(link).isOverAt(ACCEPTED)).isTrue();
  }

  @Test
  void ofARunThatIsKeptNoMoreOrHasGivenItsNameToAnotherItIsOver() {
    NarrowToken link = link(UNDER_WAY, OptionalLong.of(Long.MAX_VALUE));
    known = Optional.empty();
    assertThat(links.asOfNow(link).isOverAt(ACCEPTED)).isTrue();
    known = Optional.of(run(ACCEPTED + 1, false, Optional.empty()));
    assertThat(links.asOfNow(link).isOverAt(ACCEPTED)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "accepted"})
  void whatIsKeptWithoutItsRunIsNone(String field) {
    JsonObject kept = link(UNDER_WAY, OptionalLong.empty()).toJson();
    assertThat(NarrowToken.decode(kept.copy())).isEqualTo(link(UNDER_WAY, OptionalLong.empty()));
    kept.remove(field);
    assertThatThrownBy(() -> NarrowToken.decode(kept)).isInstanceOf(MalformedException.class);
  }

  private OptionalLong end(NarrowToken link) {
    return links.asOfNow(link).status().expiresMillis();
  }

  private static NarrowToken link(SharedRun run, OptionalLong expires) {
    return new NarrowToken(
        new TokenStatus("t1", Scope.LINK, List.of(), Optional.of(RUN), 0, expires),
        Optional.of(Link.to(run, Optional.of("t0"))),
        "00");
  }

  private static SharedRun run(long accepted, boolean over, Optional<Long> ended) {
    return new SharedRun(RUN, accepted, over, ended);
  }
}
