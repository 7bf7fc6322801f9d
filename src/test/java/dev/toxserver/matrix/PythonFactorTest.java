package dev.toxserver.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonFactorTest {

  @ParameterizedTest
  @CsvSource({
    "py311, py311",
    "3.12, py312",
    "py3.9, py39",
    "cpython312, py312",
    "cpython-3.12, py312",
    "pypy310, pypy310",
    "pypy3.10, pypy310",
    "pypy-3.10, pypy310",
    "py313t, py313t",
    "py311-django42, py311",
    "django42-py311, py311",
    "lint-3.12, py312",
    "py27, py27"
  })
  void aPythonInTheNameIsTheLabelThatRunnersHave(String environment, String label) {
    assertThat(PythonFactor.label(environment)).contains(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "py",
        "py3",
        "lint",
        "pypy",
        "pypy3",
        "docs-42",
        "311",
        "py3111x",
        "mypy311x",
        "4.2"
      })
  void anyPythonWillDoForAllOthers(String environment) {
    assertThat(PythonFactor.label(environment)).isEmpty();
  }
}
