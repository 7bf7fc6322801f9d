package dev.toxserver.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.protocol.UserSide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run is told to leave its results, and what is read of what it has left. */
class RunFilesTest {
  private static final String FAILURE = "<testcase name='t'><failure message='no'/></testcase>";

  @TempDir Path folder;

  @Test
  void tox3IsToldByAnOptionBeforeItsOwnAndTox4ByAVariable() throws Exception {
    RunFiles three = reporting("3.28.0 imported from").begin(run(Optional.empty(), false));
    String file = three.folder().orElseThrow().resolve("tox.json").toString();
    assertThat(three.tell(run(Optional.empty(), false)).args())
        .containsExactly("--result-json", file, "-e", "py");
    assertThat(three.variables()).containsOnlyKeys("TOX_SERVER_JUNIT_DIR");
    RunFiles four = reporting("4.25.0 from").begin(run(Optional.empty(), false));
    assertThat(four.tell(run(Optional.empty(), false)).args()).containsExactly("-e", "py");
    assertThat(four.variables()).containsOnlyKeys("TOX_SERVER_JUNIT_DIR", "TOX_RESULT_JSON");
    three.delete();
    four.delete();
    assertThat(three.folder().get()).doesNotExist();
  }

  @Test
  void tox3KeepsItsTerminalAndWhatIsNoToxIsAskedForNothing() throws Exception {
    Request.Run inTerminal =
        run(Optional.of(new TerminalRequest(new TerminalSize(80, 24), "xterm")), false);
    RunFiles files = reporting("3.28.0 imported from").begin(inTerminal);
    assertThat(files.tell(inTerminal)).isEqualTo(inTerminal);
    files.delete();
    RunFiles unknown = reporting("what?").begin(run(Optional.empty(), false));
    assertThat(unknown.options()).isEmpty();
    assertThat(unknown.variables()).containsOnlyKeys("TOX_SERVER_JUNIT_DIR");
    unknown.delete();
    assertThat(reporting("4.25.0 from").begin(run(Optional.empty(), true)))
        .isEqualTo(RunFiles.NONE);
    assertThat(Reporting.OFF.begin(run(Optional.empty(), false))).isEqualTo(RunFiles.NONE);
  }

  @Test
  void toxsFileAndThoseOfItsTestsArePutTogetherByTheirNames() throws IOException {
    tox("{'testenvs': {'a': {'result': {'success': false, 'duration': 2}, 'test': []}}}");
    tests("a", FAILURE);
    tests("lint", "<testcase name='t'/>");

    RunResults found = RunReport.read(folder, 1);

    assertThat(found.notice()).isEmpty();
    assertThat(found.environments())
        .extracting(EnvironmentResult::name)
        .containsExactly("a", "lint");
    assertThat(found.environments().get(0).durationMillis()).contains(2_000L);
    assertThat(found.environments().get(0).failures()).hasSize(1);
    assertThat(found.environments().get(1).passed()).isEmpty();
  }

  @Test
  void aDamagedFileIsToldOfAndHidesNoOther() throws IOException {
    tox("{'testenvs': {'a': ");
    tests("b", FAILURE);

    RunResults found = RunReport.read(folder, 1);

    assertThat(found.environments()).hasSize(1);
    assertThat(found.notice().orElseThrow()).startsWith("not all results were read: tox.json ");
  }

  @Test
  void linksPipesFoldersAndWhatIsTooMuchAreNotRead() throws Exception {
    Path secret =
        Files.writeString(folder.resolve("secret"), "<testsuite>" + FAILURE + "</testsuite>");
    Files.createSymbolicLink(folder.resolve("link.xml"), secret);
    Files.createSymbolicLink(folder.resolve("tox.json"), Path.of("/dev/zero"));
    Files.createDirectory(folder.resolve("folder.xml"));
    assertThat(
            new ProcessBuilder("mkfifo", folder.resolve("pipe.xml").toString()).start().waitFor())
        .isZero();
    assertThat(
            new ProcessBuilder("truncate", "-s", "1G", folder.resolve("z.xml").toString())
                .start()
                .waitFor())
        .isZero();

    RunResults found = RunReport.read(folder, 1);

    assertThat(found.environments()).isEmpty();
    assertThat(found.notice()).contains("not all results were read: z.xml is more than is read");
  }

  @Test
  void theLargestResultsFitIntoOneFrame() throws IOException {
    String wide = "\\ud83d\\ude00".repeat(400);
    StringBuilder json = new StringBuilder("{'testenvs': {");
    for (int n = 0; n < 99; n++) {
      json.append("'%03d%s': {'result': {'success': false}},".formatted(n, wide));
    }
    String face = "😀".repeat(500);
    for (int n = 0; n < 150; n++) {
      tests("n" + n, FAILURE.replace("no", face).replace("'t'", "'" + face + "'"));
    }
    tox(json.append("'z': {}}}").toString());

    RunResults found = RunReport.read(folder, 1);

    assertThat(found.environments()).hasSize(RunResults.MOST_ENVIRONMENTS);
    assertThat(found.environments().stream().mapToInt(each -> each.failures().size()).sum())
        .isEqualTo(RunResults.MOST_FAILURES);
    assertThat(RunEventJson.encode(new RunEvent.Results(1, found)).toBuffer().length())
        .isBetween(500_000, 1024 * 1024);
  }

  @Test
  void aRunThatHasLeftNothingHasNoResultsAndItsFolderGoesAway() throws Exception {
    RunFiles files = reporting("4.1.0 from").begin(run(Optional.empty(), false));
    Path left = files.folder().orElseThrow();
    Files.createDirectories(left.resolve("deep/er"));
    Files.writeString(left.resolve("deep/er/file"), "x");
    Files.createSymbolicLink(left.resolve("out"), folder);

    assertThat(files.collect(0)).isEmpty();

    assertThat(left).doesNotExist();
    assertThat(folder).exists();
  }

  private Reporting reporting(String version) throws Exception {
    Path tox = Files.writeString(folder.resolve("tox"), "#!/bin/sh\necho '" + version + "'\n");
    assertThat(tox.toFile().setExecutable(true)).isTrue();
    return Reporting.by(List.of(tox.toString()), Map.of());
  }

  private void tox(String json) throws IOException {
    Files.writeString(folder.resolve("tox.json"), json.replace('\'', '"'));
  }

  private void tests(String name, String cases) throws IOException {
    Files.writeString(folder.resolve(name + ".xml"), "<testsuite>" + cases + "</testsuite>");
  }

  private static Request.Run run(Optional<TerminalRequest> terminal, boolean exec) {
    return new Request.Run(
        new RunId("a"),
        new Invocation(List.of("-e", "py"), Optional.empty(), exec),
        Optional.empty(),
        false,
        Optional.empty(),
        new UserSide(terminal, false, Optional.empty()));
  }
}
