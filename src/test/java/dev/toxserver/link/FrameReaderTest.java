package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":\"pong\"}",
        " { \"a\" : [ 1 , [ ] , { } , null , true , false ] } ",
        "{\"a\":{\"b\":{\"c\":[[[\"d\"]]]}}}",
        "{\"n\":[0,-1,2147483647,2147483648,-2147483649,9223372036854775807]}",
        "{\"n\":[0.5,-1.25e3,1E-7,1587962661.826404,-0.0]}",
        "{\"s\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00 é 😀\"}",
        "{\"\":\"\",\"b\":1,\"a\":2}",
      })
  void whatJacksonReadsIsReadAlikeAndInTheSameOrder(String text) {
    JsonObject expected = new JsonObject(text);

    JsonObject read = FrameReader.read(Buffer.buffer(text));

    assertThat(read).isEqualTo(expected);
    assertThat(read.encode()).isEqualTo(expected.encode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "5",
        "\"a\"",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":TRUE}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":[1}",
        "{\"a\":1}}",
        "{\"a\":1} {}",
        "{\"a\":99999999999999999999}",
        "{} // a comment",
      })
  void whatIsNoJsonObjectIsRefused(String text) {
    assertThatThrownBy(() -> FrameReader.read(Buffer.buffer(text)))
        .isInstanceOf(DecodeException.class);
  }

  @Test
  void whatIsNestedTooDeeplyIsRefusedAndNoStackOverflows() {
    String text = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThatThrownBy(() -> FrameReader.read(Buffer.buffer(text)))
        .isInstanceOf(DecodeException.class);
  }
}
