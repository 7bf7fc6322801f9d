package dev.toxserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
  @Test
  void itsWordsNameTheFirstFile() {
    assertThat(Change.NONE).hasToString("");
    assertThat(new Change(List.of("a.py"))).hasToString("a.py");
    assertThat(new Change(List.of("a.py", "b.py", "c.py"))).hasToString("a.py and 2 more");
  }

  @Test
  void ofABranchSwitchTheFirstHundredAreKept() {
    Change change = new Change(Collections.nCopies(5_000, "a.py"));
    assertThat(change.files()).hasSize(100);
    assertThat(change).hasToString("a.py and many more");
  }
}
