package dev.toxserver.client.paths;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathLinksTest {
  private static final String HERE = "/home/me/my pröject";
  private static final String URI = "file:///home/me/my%20pr%C3%B6ject/";
  private static final String CLOSE = "\033]8;;\033\\";

  private final PathLinks links = new PathLinks("/src", HERE);

  @Test
  void aPathBelowTheServersFolderLeadsToTheUsersOwnFile() {
    assertThat(apply("at /src/a/test_x.py:12: in f\n"))
        .isEqualTo("at " + link("a/test_x.py", "/src/a/test_x.py") + ":12: in f\n");
  }

  static Stream<String[]> ends() {
    return Stream.of(
        new String[] {"  File \"/src/a b/x.py\", line 3", "/src/a b/x.py", "a%20b/x.py"},
        new String[] {"'/src/x' y", "/src/x", "x"},
        new String[] {"(/src/x)", "/src/x", "x"},
        new String[] {"=/src/x,", "/src/x", "x"},
        new String[] {"\033[1m/src/x\033[0m:1", "/src/x", "x"},
        new String[] {"see /src/x.py.\n", "/src/x.py", "x.py"},
        new String[] {"/src/é%/..x/...\n", "/src/é%/..x/", "%C3%A9%25/..x/"},
        new String[] {"a:/src/x\r\n", "/src/x", "x"},
        new String[] {"\"/src/x and\n", "/src/x", "x"});
  }

  @ParameterizedTest
  @MethodSource("ends")
  void itEndsWhereAReaderWouldSayThatItDoes(String text, String path, String name) {
    assertThat(apply(text)).isEqualTo(text.replace(path, link(name, path)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srcs/x ",
        "/src ",
        "/src/ ",
        "/home/src/x ",
        "./src/x ",
        "file:///src/x ",
        "ä/src/x ",
        "/src/../etc/passwd ",
        "\033]0;/src/x \007",
        "\033]8;;file:///y\033\\/src/x \033]8;;\033\\",
        "\033P/src/x \033\\",
        "\033[/src/x",
        "no path at all"
      })
  void whatIsNoneOrIsAlreadySomethingElseStaysAsItIs(String text) {
    assertThat(apply(text)).isEqualTo(text);
  }

  @Test
  void behindASequenceOrALinkOfTheProgramsPathsAreLinkedAgain() {
    String before = "\033]8;id=1;file:///y\007y\033]8;;\007\033]0;t\033\\\033(B\033[31m";
    assertThat(apply(before + "/src/x ")).isEqualTo(before + link("x", "/src/x") + " ");
  }

  @Test
  void whatIsBrokenOffBeginsAsTextAgain() {
    assertThat(apply("\033]0;\030/src/x ")).isEqualTo("\033]0;\030" + link("x", "/src/x") + " ");
    assertThat(apply("\033[3\032/src/x ")).isEqualTo("\033[3\032" + link("x", "/src/x") + " ");
  }

  @Test
  void nothingIsHeldBackSoAPathThatIsCutInTwoGetsNoLink() {
    assertThat(apply("/src/te")).isEqualTo("/src/te");
    assertThat(apply("st.py and /src/x\n")).isEqualTo("st.py and " + link("x", "/src/x") + "\n");
    assertThat(apply("y")).isEqualTo("y");
    assertThat(apply("/src/x ")).as("the end of a longer path").isEqualTo("/src/x ");
  }

  @Test
  void withoutTheLinksAllIsAsItWasHoweverItIsCut() {
    Random random = new Random(7);
    String[] parts = {
      "/src/",
      "a.py",
      ":3: ",
      "\"",
      "\033[1m",
      "\033]8;;",
      "\033\\",
      "\007",
      " ",
      "\n",
      "é",
      "..",
      "\033",
      "/",
      "\377",
      "text"
    };
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      byte[] data = text.toString().getBytes(ISO_8859_1);
      PathLinks cut = new PathLinks("/src", "/here");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int from = 0; from < data.length; ) {
        int end = Math.min(data.length, from + 1 + random.nextInt(20));
        out.writeBytes(cut.apply(Arrays.copyOfRange(data, from, end)));
        from = end;
      }
      assertThat(
              out.toString(ISO_8859_1)
                  .replaceAll(
                      "\033]8;;file:///here/[^\033]*\033\\\\(/src/[^\033]*)\033]8;;\033\\\\", "$1"))
          .isEqualTo(text.toString());
    }
  }

  @Test
  void aFloodOfPathsGrowsNoFurtherThanItsBound() {
    byte[] flood = "/src/x ".repeat(64 * 1024).getBytes(UTF_8);
    assertThat(new PathLinks("/src", "/" + "y".repeat(4_000)).apply(flood).length)
        .isBetween(1024 * 1024, flood.length + 1024 * 1024 + 5_000);
    assertThat(apply("/src/" + "x".repeat(4_096) + " ")).doesNotContain("\033");
  }

  private String apply(String text) {
    return new String(links.apply(text.getBytes(UTF_8)), UTF_8);
  }

  private static String link(String name, String text) {
    return "\033]8;;" + URI + name + "\033\\" + text + CLOSE;
  }
}
