package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoundLabelsTest {
  @TempDir Path folder;

  @Test
  void eachPythonOnThePathIsALabelByToxsNameForIt() throws IOException {
    program("one/python3.11");
    program("one/pypy3.10");
    program("two/python2.7");
    program("two/python3.11");
    String path = folder.resolve("one") + ":" + folder.resolve("two") + ":/nowhere:";

    assertThat(new FoundLabels(path, "Linux", "amd64").labels())
        .containsExactly("linux", "py27", "py311", "pypy310", "x86_64");
  }

  @Test
  void whatIsNoPythonOrCanNotBeStartedIsNone() throws IOException {
    for (String name : new String[] {"python", "python3", "python3.11-config", "xpython3.9"}) {
      program("one/" + name);
    }
    Files.createFile(folder.resolve("one/python3.12"));

    assertThat(new FoundLabels(folder.resolve("one").toString(), "Mac OS X", "aarch64").labels())
        .containsExactly("aarch64", "macos");
  }

  private void program(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.setPosixFilePermissions(
        Files.createFile(file), PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
