package dev.toxserver.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private static final List<String> TOX = List.of("py310", "py311", "py312", "docs", "lint");

  @Test
  void theLongestGoesFirstToWhicheverPartHasTheLeastToDo() {
    Map<String, Long> usual =
        Map.of("py310", 60L, "py311", 50L, "py312", 40L, "docs", 20L, "lint", 10L);
    assertThat(new Shard(1, 2).split(TOX, usual))
        .containsExactly(List.of("py310", "docs", "lint"), List.of("py311", "py312"));
  }

  @Test
  void whatIsNotKnownCountsAsTheMedianOfWhatIs() {
    Map<String, Long> usual = Map.of("py310", 100L, "py311", 40L, "docs", 20L, "other", 9_000L);
    // py312 and lint count as 40.
    assertThat(new Shard(1, 2).split(TOX, usual))
        .containsExactly(List.of("py310", "docs"), List.of("py311", "py312", "lint"));
  }

  @Test
  void whereNothingIsKnownEachPartHasAsManyByName() {
    assertThat(new Shard(1, 3).split(TOX, Map.of()))
        .containsExactly(List.of("py311", "docs"), List.of("py312", "lint"), List.of("py310"));
    Map<String, Long> noTime = TOX.stream().collect(Collectors.toMap(name -> name, name -> 0L));
    assertThat(new Shard(1, 3).split(TOX, noTime))
        .as("nor with what takes no time")
        .isEqualTo(new Shard(1, 3).split(TOX, Map.of()));
  }

  @Test
  void eachEnvironmentIsInOnePartWhicheverPartAsksAndInWhicheverOrderTheyCome() {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      List<String> names = new ArrayList<>();
      Map<String, Long> usual = new HashMap<>();
      for (int n = random.nextInt(30); n >= 0; n--) {
        names.add("env" + n);
        if (random.nextBoolean()) {
          usual.put("env" + n, (long) random.nextInt(5));
        }
      }
      int parts = 1 + random.nextInt(8);
      List<Set<String>> split = sets(new Shard(1, parts).split(names, usual));
      assertThat(split.stream().flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(names);
      Collections.shuffle(names, random);
      assertThat(sets(new Shard(parts, parts).split(names, new HashMap<>(usual)))).isEqualTo(split);
    }
  }

  @Test
  void whatIsNamedTwiceIsInOnePart() {
    assertThat(new Shard(1, 2).split(List.of("a", "b", "a"), Map.of()))
        .containsExactly(List.of("a", "a"), List.of("b"));
  }

  @Test
  void aPartMayHaveNothing() {
    assertThat(new Shard(3, 3).split(List.of("a"), Map.of()))
        .containsExactly(List.of("a"), List.of(), List.of());
  }

  @Test
  void itIsReadAsItIsWritten() {
    assertThat(Shard.parse("2/3")).isEqualTo(new Shard(2, 3)).hasToString("2/3");
    assertThat(Shard.parse("1000/1000").parts()).isEqualTo(Shard.MOST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "1",
        "1/",
        "/2",
        "0/2",
        "3/2",
        "-1/2",
        "1/0",
        "1/1001",
        "a/b",
        "1/2/3",
        "1 / 2",
        "99999999999/3"
      })
  void whatIsNoPartIsRefusedByALineThatSaysWhatOneIs(String text) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be N/M");
  }

  private static List<Set<String>> sets(List<List<String>> split) {
    return split.stream().<Set<String>>map(TreeSet::new).toList();
  }
}
