package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jackson, which the frames' readers may use, is the judge of what is written. */
class FrameWriterTest {
  @Test
  void everyKindOfValueIsWrittenAsJacksonDoes() {
    JsonObject frame =
        new JsonObject()
            .put("object", new JsonObject().put("empty", new JsonObject()))
            .put("array", new JsonArray().add(1).add("two").add(new JsonArray()))
            .put("map", Map.of("a", 1))
            .put("list", List.of("x", List.of()))
            .put("int", -7)
            .put("long", Long.MAX_VALUE)
            .put("double", 0.5)
            .put("boolean", true)
            .putNull("null");

    assertThat(FrameWriter.write(frame)).hasToString(frame.encode());
  }

  @Test
  void everyCharacterOfUnicodesFirstPlaneArrives() {
    IntStream.rangeClosed(Character.MIN_VALUE, Character.MAX_VALUE)
        .mapToObj(each -> String.valueOf((char) each))
        .forEach(FrameWriterTest::assertArrives);
  }

  @Test
  void aCharacterOfTwoHalvesArrives() {
    assertArrives("a \ud83d\ude00 b");
  }

  @Test
  void aKeyIsEscapedAsAValueIs() {
    JsonObject frame = new JsonObject().put("\"\n", "");

    assertThat(FrameWriter.write(frame)).hasToString(frame.encode());
  }

  private static void assertArrives(String text) {
    JsonObject frame = new JsonObject().put("text", text);

    assertThat(new JsonObject(FrameWriter.write(frame))).isEqualTo(frame);
  }
}
