package dev.toxserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts of the build say and leave behind when they can't do all. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class BuildScriptsTest {
  @TempDir Path folder;

  private record Result(int code, String output) {}

  @Test
  void aDistributionThatCannotBeMadeLeavesTheOlderOneWhole() throws Exception {
    for (String file :
        new String[] {
          "bin/tox-server",
          "bin/tox-server.d/train",
          "conf/x",
          "LICENSE",
          "target/tox-server.cdx.json",
          "target/tox-server.jar"
        }) {
      write(file, "");
    }
    Files.createDirectory(folder.resolve("target/licences"));
    Path assemble = write("src/dist/assemble", Files.readString(Path.of("src/dist/assemble")));
    write("jdk/bin/jlink", "#!/bin/sh\necho no objcopy\nexit 1\n");
    write("target/tox-server/lib/tox-server.jar", "older");

    Result result = run(assemble.toString(), folder.resolve("jdk").toString(), "1.0");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.output()).contains("assemble: failed: ").contains("no objcopy");
    assertThat(folder.resolve("target/tox-server")).isDirectoryNotContaining("glob:**/bin");
    assertThat(folder.resolve("target/tox-server/lib/tox-server.jar")).hasContent("older");
  }

  @Test
  void theLastLineOfAllTestsSaysWhatWasSkippedAndWhy() throws Exception {
    write("mvn", "#!/bin/sh\n");
    write("id", "#!/bin/sh\necho 1000\n");

    Result result = run("env", "PATH=" + folder + ":" + System.getenv("PATH"), "bin/test");

    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output().strip().lines().reduce((a, b) -> b))
        .hasValueSatisfying(
            last ->
                assertThat(last)
                    .startsWith("==> SKIPPED: ")
                    .contains("e2e/container: needs root", "e2e/matrix: needs root"));
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Result run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Result(process.waitFor(), output);
  }
}
