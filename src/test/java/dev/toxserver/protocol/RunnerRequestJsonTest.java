package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunnerRequestJsonTest {
  private static final RunnerName R1 = new RunnerName("r1");
  private static final RunId RUN = new RunId("run-1");

  static Stream<RunnerRequest> requests() {
    RunnerJoin join =
        new RunnerJoin(
            R1,
            "s1",
            "1.0",
            new Labels(List.of("py311")),
            2,
            1 << 20,
            37_000,
            Map.of(RUN, new RunnerJoin.Held("p1", 7)));
    RunEvent.Exit exit = new RunEvent.Exit(9, 3, false, Optional.of(1_500L), Optional.empty());
    return Stream.of(
        new RunnerRequest.Join(join),
        new RunnerRequest.Claim(R1, "s1", new Life(RUN, 2), "n1", "$JS.ACK.TOX_WORK.any.1", 37_000),
        new RunnerRequest.Ended(
            R1, new Life(RUN, 2), "p1", 1L << 40, exit, Optional.empty(), Optional.empty()),
        new RunnerRequest.Ended(
            R1,
            new Life(RUN, 2),
            "p1",
            4,
            exit,
            Optional.of(new RunResults(List.of(), Optional.empty())),
            Optional.of(new Request.Run(RUN, List.of("-e", "py"), Optional.empty()))),
        new RunnerRequest.Trim(R1, RUN, "p1", 5, 9));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aHubReadsWhatARunnerHasAsked(RunnerRequest request) {
    String text = RunnerRequestJson.encode(request).encode();

    assertThat(RunnerRequestJson.decode(RunnerRequestJson.subject(request), new JsonObject(text)))
        .isEqualTo(request);
  }

  @Test
  void whoAsksIsWhoMayPublishAtTheSubject() {
    RunnerRequest join = requests().findFirst().orElseThrow();

    assertThatThrownBy(
            () -> RunnerRequestJson.decode("tox.hub.join.r2", RunnerRequestJson.encode(join)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("r2");
  }

  @Test
  void noRunnerSaysOfItsOwnRunThatItIsLost() {
    RunEvent.Exit lost = RunEvent.Exit.lost(1, false, "because");
    JsonObject body =
        RunnerRequestJson.encode(
            new RunnerRequest.Ended(
                R1, new Life(RUN, 1), "p1", 4, lost, Optional.empty(), Optional.empty()));

    assertThatThrownBy(() -> RunnerRequestJson.decode("tox.hub.ended.r1", body))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("exit");
  }

  static Stream<HubReply> replies() {
    return Stream.of(
        new HubReply.Joined(
            List.of(RUN),
            List.of(new RunId("b")),
            List.of(Labels.NONE, new Labels(List.of("gpu", "a"))),
            OptionalLong.of(7)),
        HubReply.Joined.news(Labels.NONE),
        new HubReply.Granted("p1", 7, true),
        new HubReply.Gone(),
        new HubReply.Done(),
        new HubReply.Refused(409, "another has that name"));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void aRunnerReadsWhatAHubHasAnswered(HubReply reply) {
    assertThat(HubReplyJson.decode(new JsonObject(HubReplyJson.encode(reply).encode())))
        .isEqualTo(reply);
  }

  @Test
  void workIsATicketWithAllThatItsRunnerStarts() {
    Work work =
        new Work(
            new Request.Run(RUN, List.of("-e", "py"), Optional.empty()),
            3,
            "n1",
            TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=1"),
            new JsonObject().put("hub", "h1"));

    assertThat(Work.decode(new JsonObject(work.toJson().encode()))).isEqualTo(work);
    assertThat(work.start(new HubReply.Granted("p1", 7, false)))
        .isEqualTo(new RunnerOrder.Start(work.request(), 7).placedAs("p1").within(work.trace()));
  }

  @Test
  void theSameNeedsAreOneWordWhateverTheirOrder() {
    assertThat(NatsSubjects.labels(Labels.NONE)).isEqualTo("any");
    assertThat(NatsSubjects.labels(new Labels(List.of("py3.11", "gpu"))))
        .isEqualTo(NatsSubjects.labels(new Labels(List.of("gpu", "py3.11"))))
        .isEqualTo("gpu+py3=2E11");
    assertThat(NatsSubjects.labels(new Labels(List.of("a+b"))))
        .isNotEqualTo(NatsSubjects.labels(new Labels(List.of("a", "b"))));
    assertThat(
            NatsSubjects.labels(
                new Labels(Stream.iterate("x", each -> each + "x").limit(40).toList())))
        .hasSize(65);
  }
}
