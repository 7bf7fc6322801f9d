package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.Warnings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceExportTest {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  @ParameterizedTest
  @CsvSource({
    "http://collector:4318, http://collector:4318/v1/traces",
    "https://collector/base/, https://collector/base/v1/traces",
    "'  http://[::1]:4318 ', http://[::1]:4318/v1/traces",
    "http://otel_collector:4318, http://otel_collector:4318/v1/traces",
    "http://me:a%40b@otel_collector/?key=%41, http://me:a%40b@otel_collector/v1/traces?key=%41",
    "http://collector/base?a=1&b=2, http://collector/base/v1/traces?a=1&b=2",
  })
  void thePathForTracesIsAddedToTheAddressForAll(String given, String address) {
    assertThat(read(Map.of(ENDPOINT, given)).orElseThrow().endpoint()).hasToString(address);
  }

  @Test
  void whatIsForTracesAloneWinsAndIsTakenAsItIs() {
    TraceExport export =
        read(Map.of(
                ENDPOINT,
                "http://all:1",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                "http://traces:2/api?x=1",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "a=1",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
                "b=2",
                "OTEL_EXPORTER_OTLP_TIMEOUT",
                "1",
                "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
                "2"))
            .orElseThrow();

    assertThat(export.endpoint()).hasToString("http://traces:2/api?x=1");
    assertThat(export.headers()).isEqualTo(Map.of("b", "2"));
    assertThat(export.timeoutMillis()).isEqualTo(2);
  }

  @Test
  void allElseHasADefault() {
    TraceExport export = read(Map.of(ENDPOINT, "http://c")).orElseThrow();

    assertThat(export.headers()).isEmpty();
    assertThat(export.timeoutMillis()).isEqualTo(10_000);
    assertThat(export.certificate()).isEmpty();
    assertThat(export.arguments()).isFalse();
    assertThat(export.resource())
        .isEqualTo(Map.of("service.name", "tox-server", "service.version", "1.2"));
  }

  @Test
  void listsAreReadAsBaggageIs() {
    TraceExport export =
        read(Map.of(
                ENDPOINT,
                "http://c",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "Authorization=Basic%20YQ==, x = 1+1 ,",
                "OTEL_RESOURCE_ATTRIBUTES",
                "service.name=a,team=%C3%A4,service.version=9",
                "OTEL_SERVICE_NAME",
                "b",
                "TOX_SERVER_TRACE_ARGS",
                "True"))
            .orElseThrow();

    assertThat(export.headers()).isEqualTo(Map.of("Authorization", "Basic YQ==", "x", "1+1"));
    assertThat(export.resource())
        .isEqualTo(Map.of("service.name", "b", "service.version", "9", "team", "ä"));
    assertThat(export.arguments()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_SDK_DISABLED, TRUE",
    "OTEL_TRACES_EXPORTER, None",
    "OTEL_TRACES_EXPORTER, 'console,zipkin'",
    ENDPOINT + ", ''"
  })
  void spansCanBeSwitchedOff(String variable, String value) {
    Map<String, String> variables = new HashMap<>(Map.of(ENDPOINT, "http://c"));
    variables.put(variable, value);
    assertThat(read(variables)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp", "OTLP", "console, Otlp"})
  void spansAreExportedWhereOtlpIsAmongTheExporters(String exporters) {
    assertThat(read(Map.of(ENDPOINT, "http://c", "OTEL_TRACES_EXPORTER", exporters))).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ENDPOINT + "|collector:4318|is no address like http://localhost:4318",
        ENDPOINT + "|ftp://collector|is no address",
        ENDPOINT + "|http://|is no address",
        ENDPOINT + "|http://a b|is no address",
        ENDPOINT + "|http://:4318|is no address",
        ENDPOINT + "|http://a_b:port|is no address",
        "OTEL_EXPORTER_OTLP_PROTOCOL|GRPC|set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/json",
        "OTEL_EXPORTER_OTLP_TIMEOUT|soon|must be milliseconds",
        "OTEL_EXPORTER_OTLP_TIMEOUT|0|must be milliseconds",
        "OTEL_EXPORTER_OTLP_CERTIFICATE|/no/such/file|there is no such file",
        "OTEL_EXPORTER_OTLP_CERTIFICATE|/|there is no such file",
        "OTEL_EXPORTER_OTLP_CERTIFICATE|a\0b|there is no such file",
        "OTEL_EXPORTER_OTLP_HEADERS|secret|must be NAME=VALUE",
        "OTEL_EXPORTER_OTLP_HEADERS|a=secret%0d%0ab|can't be headers",
        "OTEL_EXPORTER_OTLP_HEADERS|a b=secret|can't be headers",
        "OTEL_EXPORTER_OTLP_HEADERS|a=secret%4|has a % without",
        "OTEL_RESOURCE_ATTRIBUTES|a=%zz|has a % without"
      })
  void whatIsWrongIsSaidInALineAndTheServerServesWithoutSpans(
      String variable, String value, String why) {
    Map<String, String> variables = new HashMap<>(Map.of(ENDPOINT, "http://c"));
    variables.put(variable, value);
    try (Warnings log = new Warnings(TraceExport.class)) {
      assertThat(read(variables)).isEmpty();
      assertThat(log.messages()).hasSize(1);
      assertThat(log.messages().get(0)).contains(variable + ": ", why).doesNotContain("secret");
    }
  }

  @Test
  void aCertificateIsAFile(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("ca.pem"));
    assertThat(
            read(Map.of(ENDPOINT, "https://c", "OTEL_EXPORTER_OTLP_CERTIFICATE", file.toString()))
                .orElseThrow()
                .certificate())
        .contains(file);
  }

  private static Optional<TraceExport> read(Map<String, String> variables) {
    return TraceExport.from(variables, "1.2");
  }
}
