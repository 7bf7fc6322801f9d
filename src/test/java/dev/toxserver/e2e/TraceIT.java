package dev.toxserver.e2e;

import static dev.toxserver.OtlpReceiver.attributes;
import static dev.toxserver.OtlpReceiver.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run as a span of the trace that its client and its tests are in. */
@Timeout(90)
class TraceIT {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final Map<String, String> IN_A_SPAN =
      Map.of("TRACEPARENT", "00-" + TRACE + "-" + PARENT + "-01", "TRACESTATE", "a=1");

  @TempDir Path folder;

  @Test
  void testsAreInTheRunsSpanAndTheRunInItsClients() throws Exception {
    Files.writeString(
        folder.resolve("tox.ini"),
        """
        [tox]
        skipsdist = true
        envlist = one
        [testenv]
        skip_install = true
        passenv = TRACE*
        commands = python -c "import os; print('in', os.environ['TRACEPARENT'], os.environ['TRACESTATE'])"
        """);
    try (OtlpReceiver collector = new OtlpReceiver();
        Server server = Server.start(folder, Map.of(ENDPOINT, collector.endpoint()));
        JarProcess run = server.client(IN_A_SPAN, "run", "-e", "one")) {
      assertThat(run.exitCode()).as(run.err().text()).isZero();
      Span span = collector.nextSpan();
      assertThat(hex(span.getParentSpanId())).isEqualTo(PARENT);
      assertThat(run.out().text())
          .contains("in 00-" + TRACE + "-" + hex(span.getSpanId()) + "-01 a=1");
      assertThat(attributes(span.getAttributesList()))
          .containsEntry("tox.environments", "one")
          .containsEntry("process.exit.code", "0");
      assertThat(server.err().text()).doesNotContain("WARNING");
    }
  }

  @Test
  void itIsHandedToARunnerElsewhereThatTakesNoVariablesAndTheServerExports() throws Exception {
    Path token = folder.resolve("runners");
    try (OtlpReceiver collector = new OtlpReceiver();
        Server server =
            Server.start(
                folder,
                Map.of(ENDPOINT, collector.endpoint()),
                "--no-local",
                "--runner-token-file",
                token.toString());
        JarProcess runner =
            new JarProcess(
                folder,
                Map.of("TRACESTATE", "of=another"),
                "-l",
                "info",
                "runner",
                "--join",
                "127.0.0.1:" + server.port(),
                "--runner-token-file",
                token.toString(),
                "--no-env",
                "--tox",
                Script.in(folder, "echo in $TRACEPARENT ${TRACESTATE-none}; exit 3"));
        JarProcess run = clientOnceJoined(server, runner)) {
      assertThat(run.exitCode()).as(run.err().text()).isEqualTo(3);
      Span span = collector.nextSpan();
      assertThat(run.out().text())
          .isEqualTo(
              "in 00-%s-%s-01 none\n".formatted(hex(span.getTraceId()), hex(span.getSpanId())));
      assertThat(attributes(span.getAttributesList()))
          .doesNotContainEntry("cicd.worker.name", "local");
    }
  }

  @Test
  void aDeadCollectorChangesNothingButALineInTheLog() throws Exception {
    try (Server server =
            Server.start(
                folder,
                Map.of(ENDPOINT, "http://127.0.0.1:1"),
                "--tox",
                Script.in(folder, "exit 7"));
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isEqualTo(7);
      server.err().awaitText("Spans of runs do not get to http://127.0.0.1:1/v1/traces");
      try (JarProcess again = server.client("run")) {
        assertThat(again.exitCode()).isEqualTo(7);
      }
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
      assertThat(server.err().text()).containsOnlyOnce("do not get to");
    }
  }

  @Test
  void withoutACollectorNothingOfItIsLoadedAndTheVariablesStayAsTheyAre() throws Exception {
    Path log = folder.resolve("classes");
    String flag = "-Xlog:class+load:file=" + log;
    String tox = Script.in(folder, "echo in $TRACEPARENT $TRACESTATE");
    Map<String, String> logged = Map.of("JDK_JAVA_OPTIONS", flag, "TOX_SERVER_JAVA_OPTS", flag);
    try (Server server = Server.start(folder, logged, "--tox", tox);
        JarProcess run = server.client(IN_A_SPAN, "run")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("in 00-" + TRACE + "-" + PARENT + "-01 a=1\n");
      assertThat(Files.readString(log))
          .contains("dev.toxserver.server.Runs ")
          .doesNotContain(
              "dev.toxserver.server.trace.Exporter",
              "dev.toxserver.server.trace.Collector",
              "io.vertx.core.http.impl.HttpClient");
    }
  }

  private static JarProcess clientOnceJoined(Server server, JarProcess runner) throws Exception {
    runner.err().awaitText("Joined the server");
    return server.client("run");
  }
}
