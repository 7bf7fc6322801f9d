package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients in examples/, run as their readers run them. */
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();

  /** From a registry, which may be slow. */
  private static final long INSTALL_SECONDS = 180;

  @TempDir static Path installed;
  @TempDir Path folder;

  private record Ended(int code, Captured out, Captured err) {}

  /** Into a copy, so that the checkout stays as it is. */
  @BeforeAll
  static void installTheNodeSubscriber() throws Exception {
    for (String file : List.of("package.json", "package-lock.json", "subscriber.js")) {
      Files.copy(EXAMPLES.resolve("subscriber-node").resolve(file), installed.resolve(file));
    }
    List<String> npm = List.of("npm", "ci", "--no-audit", "--no-fund");
    Ended install = start(installed, INSTALL_SECONDS, Map.of(), npm);
    assertThat(install.code()).as("npm ci: %s", install.err().text()).isZero();
  }

  @Test
  void thePythonSubscriberPassesOnBytesArgumentsAndTheExitCode() throws Exception {
    passesOnBytesArgumentsAndTheExitCode(python());
  }

  @Test
  void theNodeSubscriberPassesOnBytesArgumentsAndTheExitCode() throws Exception {
    passesOnBytesArgumentsAndTheExitCode(node());
  }

  @Test
  void thePythonSubscriberLosesNothingOfALongOutput() throws Exception {
    losesNothingOfALongOutput(python());
  }

  @Test
  void theNodeSubscriberLosesNothingOfALongOutput() throws Exception {
    losesNothingOfALongOutput(node());
  }

  @Test
  void thePythonSubscriberSaysWhyARunDidNotStart() throws Exception {
    saysWhyARunDidNotStart(python());
  }

  @Test
  void theNodeSubscriberSaysWhyARunDidNotStart() throws Exception {
    saysWhyARunDidNotStart(node());
  }

  @Test
  void thePythonSubscriberSaysWhatTheServerRefused() throws Exception {
    saysWhatTheServerRefused(python());
  }

  @Test
  void theNodeSubscriberSaysWhatTheServerRefused() throws Exception {
    saysWhatTheServerRefused(node());
  }

  @Test
  void thePythonSubscriberGoesOnWhereItWasWhenTheConnectionIsCut() throws Exception {
    goesOnWhereItWas(python());
  }

  @Test
  void theNodeSubscriberGoesOnWhereItWasWhenTheConnectionIsCut() throws Exception {
    goesOnWhereItWas(node());
  }

  @Test
  void thePythonSubscriberSaysThatTheTokenIsWrong() throws Exception {
    saysThatTheTokenIsWrong(python());
  }

  @Test
  void theNodeSubscriberSaysThatTheTokenIsWrong() throws Exception {
    saysThatTheTokenIsWrong(node());
  }

  private void passesOnBytesArgumentsAndTheExitCode(List<String> client) throws Exception {
    String tox =
        Script.in(
            folder,
            "printf 'a\\000\\377\\303'; for each; do printf '<%s>' \"$each\"; done; "
                + "printf '\\376b\\r' >&2; exit 17");
    try (Server server = Server.start(folder, "--tox", tox)) {
      Ended run = run(client, server, "-e", "py", "--", "ü 日", "", "$HOME");
      assertThat(run.err().bytes()).isEqualTo(new byte[] {-2, 'b', '\r'});
      assertThat(Arrays.copyOf(run.out().bytes(), 4)).isEqualTo(new byte[] {'a', 0, -1, -61});
      assertThat(run.out().text()).endsWith("\uFFFD<-e><py><--><ü 日><><$HOME>");
      assertThat(run.code()).isEqualTo(17);
    }
  }

  private void losesNothingOfALongOutput(List<String> client) throws Exception {
    String tox = Script.in(folder, "seq 400000; seq 1000 >&2");
    try (Server server = Server.start(folder, "--no-tee", "--tox", tox)) {
      Ended run = run(client, server);
      assertThat(run.code()).isZero();
      assertThat(run.out().text()).isEqualTo(numbersTo(400_000));
      assertThat(run.err().text()).isEqualTo(numbersTo(1_000));
    }
  }

  private void saysWhyARunDidNotStart(List<String> client) throws Exception {
    try (Server server = Server.start(folder, "--tox", "no-such-tox")) {
      Ended run = run(client, server);
      assertThat(run.err().text()).startsWith("'no-such-tox' was not found").endsWith(")\n");
      assertThat(run.code()).isEqualTo(127);
    }
  }

  private void saysWhatTheServerRefused(List<String> client) throws Exception {
    try (Server server = Server.start(folder, "--tox", "true")) {
      String[] tooMany = Collections.nCopies(4097, "x").toArray(String[]::new);
      Ended run = run(client, server, tooMany);
      assertThat(run.err().text()).isEqualTo("args: 4097 arguments are more than 4096\n");
      assertThat(run.code()).isOne();
    }
  }

  /** With the token in a file, and the connection cut up to three times. */
  private void goesOnWhereItWas(List<String> client) throws Exception {
    String tox =
        Script.in(folder, "seq 1000 | while read n; do echo $n; sleep 0.001; done; exit 5");
    try (Server server = Server.start(folder, "--no-tee", "--tox", tox);
        Proxy proxy = new Proxy(server.port())) {
      Path token = Files.writeString(folder.resolve("secret"), server.token() + "\n");
      List<String> command = new ArrayList<>(client);
      command.addAll(List.of("--token-file", token.toString(), "127.0.0.1"));
      command.add(String.valueOf(proxy.port()));
      CompletableFuture<Void> cuts =
          CompletableFuture.runAsync(
              () -> {
                for (int cut = 1; cut <= 3; cut++) {
                  // Over a connection of its own each time.
                  long enough = proxy.delivered() + 2_000;
                  await()
                      .atMost(Captured.DEADLINE)
                      .pollInterval(Duration.ofMillis(5))
                      .until(() -> proxy.delivered() > enough);
                  proxy.cut();
                }
              });
      Ended run = start(folder, Captured.DEADLINE.toSeconds(), Map.of(), command);
      // On a fast machine it may have ended before it was cut three times.
      cuts.cancel(true);
      assertThat(proxy.accepted()).isGreaterThan(1);
      assertThat(run.out().text()).as(run.err().text()).isEqualTo(numbersTo(1_000));
      assertThat(run.code()).isEqualTo(5);
    }
  }

  private void saysThatTheTokenIsWrong(List<String> client) throws Exception {
    try (Server server = Server.start(folder, "--tox", "true")) {
      List<String> command = new ArrayList<>(client);
      command.addAll(List.of("127.0.0.1", String.valueOf(server.port())));
      Ended none = start(folder, Captured.DEADLINE.toSeconds(), Map.of(), command);
      assertThat(none.err().text()).matches("this server wants a token: [^\n]*\n");
      assertThat(none.code()).isOne();

      Map<String, String> guess = Map.of("TOX_SERVER_TOKEN", "guessed-0123456789");
      Ended wrong = start(folder, Captured.DEADLINE.toSeconds(), guess, command);
      assertThat(wrong.err().text()).matches("this server has another token [^\n]*\n");
      assertThat(wrong.code()).isOne();
    }
  }

  private static List<String> python() {
    return List.of("python3", EXAMPLES.resolve("subscriber.py").toString());
  }

  private static List<String> node() {
    return List.of("node", installed.resolve("subscriber.js").toString());
  }

  private Ended run(List<String> client, Server server, String... args) throws Exception {
    List<String> command = new ArrayList<>(client);
    command.addAll(List.of("127.0.0.1", String.valueOf(server.port())));
    Collections.addAll(command, args);
    return start(
        folder, Captured.DEADLINE.toSeconds(), Map.of("TOX_SERVER_TOKEN", server.token()), command);
  }

  private static Ended start(
      Path folder, long seconds, Map<String, String> environment, List<String> command)
      throws Exception {
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().remove("TOX_SERVER_TOKEN");
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError(
          command.get(0) + " is missing: the examples need it; the test set-up installs it", e);
    }
    try {
      Captured out = new Captured(process.getInputStream());
      Captured err = new Captured(process.getErrorStream());
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new AssertionError(command.get(0) + " is still running: " + err.text());
      }
      out.awaitEnd();
      err.awaitEnd();
      return new Ended(process.exitValue(), out, err);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String numbersTo(int last) {
    StringBuilder numbers = new StringBuilder();
    for (int number = 1; number <= last; number++) {
      numbers.append(number).append('\n');
    }
    return numbers.toString();
  }
}
