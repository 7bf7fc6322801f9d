package dev.toxserver.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git/index",
        ".tox/py/lib/a.py",
        "src/__pycache__/a.cpython-311.pyc",
        "src/.a.py.swp",
        "src/a.py~",
        "src/.#a.py",
        "src/#a.py#",
        "src/4913",
        ".coverage",
        ".coverage.host.123",
        ".tox-server/server.json"
      })
  void whatNobodySavesByHandIsIgnoredInEveryProject(String path) {
    assertThat(ignores(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/a.py", "tox.ini", ".coveragerc", ".gitignore", ".github/ci.yaml"})
  void whatIsSavedByHandIsNot(String path) {
    assertThat(ignores(path)).isFalse();
  }

  @Test
  void aGlobWithoutASlashIsForNamesAtAnyDepth() {
    assertThat(ignores("docs/a.md", "*.md")).isTrue();
    assertThat(ignores("build/lib/a.py", "build")).isTrue();
    assertThat(ignores("src/build/a.py", "build/")).isTrue();
    assertThat(ignores("src/a.py", "*.md")).isFalse();
  }

  @Test
  void aGlobWithASlashIsForPathsBelowTheFolder() {
    assertThat(ignores("docs/out/a.py", "docs/out")).isTrue();
    assertThat(ignores("src/docs/out/a.py", "docs/out")).isFalse();
    assertThat(ignores("out/a.py", "/out")).isTrue();
    assertThat(ignores("src/out/a.py", "/out")).isFalse();
    assertThat(ignores("src/x/a.py", "src/**/a.py")).isTrue();
  }

  @Test
  void whatIsNoGlobIsRefused() {
    assertThatThrownBy(() -> new Ignored(List.of("[a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'[a' is no glob");
  }

  private static boolean ignores(String path, String... globs) {
    return new Ignored(List.of(globs)).holds(Path.of(path));
  }
}
