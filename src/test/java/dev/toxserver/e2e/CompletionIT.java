package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Tab offers where a run's id or a command's name is wanted, in both shells. */
class CompletionIT {
  private static final String TOX = "echo up; while [ $1 = wait ]; do sleep 0.02; done";

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void aProgramOnThePathAndItsScript() throws Exception {
    Path program = folder.resolve("tox-server");
    Files.writeString(
        program,
        JarProcess.command().stream()
            .collect(Collectors.joining("' '", "#!/bin/sh\nexec '", "' \"$@\"\n")));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    script = folder.resolve("completion");
    try (JarProcess completion = new JarProcess(folder, Map.of(), "completion")) {
      assertThat(completion.exitCode()).isZero();
      Files.write(script, completion.out().bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void theIdsOfTheRunsAreOfferedAndToCancelThoseThatHaveNotEnded(String shell) throws Exception {
    try (Server server = Server.start(folder, "--tox", Script.in(folder, TOX))) {
      String ended = runToItsEnd(server);
      String running = detach(server);
      for (String command : List.of("attach", "logs", "status", "rerun")) {
        awaitOffers(Set.of(ended, running), shell, "-p", port(server), command);
      }
      awaitOffers(Set.of(running), shell, "-p", port(server), "cancel");
      awaitOffers(Set.of(ended, running), shell, "attach", "-p", port(server));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void aMatrixIsOfferedWhereItsNameIsTakenToo(String shell) throws Exception {
    try (Server server = Server.start(folder, "--tox", Script.in(folder, TOX));
        JarProcess matrix = server.client("matrix", "-e", "x")) {
      assertThat(matrix.exitCode()).isZero();
      Matcher ids =
          Pattern.compile("(?s)\\[MATRIX] (\\w+):.*\\[RUN] x on local \\((\\w+)\\).*")
              .matcher(matrix.err().text());
      assertThat(ids.lookingAt()).isTrue();
      awaitOffers(Set.of(ids.group(1), ids.group(2)), shell, "-p", port(server), "rerun");
      awaitOffers(Set.of(ids.group(2)), shell, "-p", port(server), "history");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void withoutAServerNothingIsOfferedAndNothingIsSaid(String shell) throws Exception {
    assertThat(offers(shell, "-p", String.valueOf(AbsentServer.port()), "attach")).isEmpty();
    assertThat(offers(shell, "attach")).as("nor without a port").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void helpOffersTheCommands(String shell) throws Exception {
    assertThat(offers(shell, "help")).contains("serve", "run", "attach", "completion", "help");
  }

  @Test
  void noServerIsAskedForAnOption() throws Exception {
    Path asked = folder.resolve("asked");
    Files.writeString(folder.resolve("tox-server"), "#!/bin/sh\ntouch '" + asked + "'\n");
    assertThat(complete("bash", "--from", List.of("attach"))).containsExactly("--from-now");
    assertThat(asked).doesNotExist();
    complete("bash", "", List.of("attach"));
    assertThat(asked).exists();
  }

  private static String port(Server server) {
    return String.valueOf(server.port());
  }

  private static String runToItsEnd(Server server) throws Exception {
    String id = detach(server, "end");
    try (JarProcess attach = server.client("attach", id)) {
      assertThat(attach.exitCode()).isZero();
    }
    return id;
  }

  private static String detach(Server server) throws Exception {
    return detach(server, "wait");
  }

  private static String detach(Server server, String arg) throws Exception {
    try (JarProcess detached = server.client("--detach", "run", arg)) {
      assertThat(detached.exitCode()).isZero();
      return detached.out().text().strip();
    }
  }

  /** A server that does not answer soon is not waited for: on a busy machine, Tab again. */
  private void awaitOffers(Set<String> ids, String shell, String... words) {
    await()
        .atMost(Captured.DEADLINE)
        .untilAsserted(() -> assertThat(Set.copyOf(offers(shell, words))).isEqualTo(ids));
  }

  private List<String> offers(String shell, String... words) throws Exception {
    return complete(shell, "", List.of(words));
  }

  /** As the shells call it; zsh by way of its bashcompinit, which emulates sh. */
  private List<String> complete(String shell, String current, List<String> words) throws Exception {
    String line =
        "COMP_WORDS=(tox-server %s '%s'); COMP_CWORD=%d; _complete_tox-server"
            .formatted(String.join(" ", words), current, words.size() + 1);
    String print = "; [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> command =
        shell.equals("bash")
            ? List.of(
                "bash", "--norc", "-c", "compopt() { :; }; source " + script + "; " + line + print)
            : List.of(
                "zsh",
                "-f",
                "-c",
                "autoload -U +X compinit && compinit -u -D; source "
                    + script
                    + "; f() { emulate -L sh; setopt kshglob noshglob braceexpand; "
                    + line
                    + print
                    + "; }; f");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TOX_SERVER_"));
    builder.environment().put("TOX_SERVER_JAVA_OPTS", "-Xshare:auto");
    builder.environment().merge("PATH", folder.toString(), (path, mine) -> mine + ":" + path);
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes())
        .lines()
        .filter(offer -> !offer.isBlank())
        .toList();
  }
}
