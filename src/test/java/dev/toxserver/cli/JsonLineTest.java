package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLineTest {

  @Test
  void itIsPrintedWithBlanksAsTheOriginalDoes() {
    assertThat(JsonLine.of(new JsonObject("{\"cancelled\":2}"))).isEqualTo("{\"cancelled\": 2}");
    assertThat(JsonLine.of(new JsonObject("{\"a\":1,\"b\":\"x\"}")))
        .isEqualTo("{\"a\": 1, \"b\": \"x\"}");
    assertThat(JsonLine.of(new JsonObject())).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "1587962661.826404",
    "1600000000.000000",
    "1600000000.123000",
    "0.000001",
    "0.005",
    "0.000",
    "100000000.5",
    "9007199254740993",
    "18446744073709551616"
  })
  void noNumberIsPrintedWithAnExponent(String number) {
    String line = JsonLine.of(new JsonObject("{\"time\":" + number + "}"));

    assertThat(line).doesNotContainIgnoringCase("1e").doesNotContain("E");
    assertThat(new JsonObject(line).getDouble("time")).isEqualTo(Double.parseDouble(number));
  }

  @Test
  void timesKeepTheirMicroseconds() {
    assertThat(JsonLine.of(new JsonObject("{\"time\":1587962661.826404}")))
        .isEqualTo("{\"time\": 1587962661.826404}");
  }

  @Test
  void whatIsNestedIsPrintedInTheSameWay() {
    assertThat(
            JsonLine.of(new JsonObject("{\"runs\":[{\"age\":1587962661.5,\"args\":[\"a\"]},1]}")))
        .isEqualTo("{\"runs\": [{\"age\": 1587962661.5, \"args\": [\"a\"]}, 1]}");
  }

  @Test
  void textIsEscapedAndStaysOnOneLine() {
    String line = JsonLine.of(new JsonObject().put("k\"", "a\n\u001b\"é"));

    assertThat(line).hasLineCount(1).doesNotContain("\u001b");
    assertThat(new JsonObject(line)).isEqualTo(new JsonObject().put("k\"", "a\n\u001b\"é"));
  }

  @Test
  void whatALaterServerNestsIsStillJson() {
    String json = "{\"a\":null,\"b\":true,\"c\":[1,{\"d\":2}]}";

    assertThat(new JsonObject(JsonLine.of(new JsonObject(json)))).isEqualTo(new JsonObject(json));
  }
}
