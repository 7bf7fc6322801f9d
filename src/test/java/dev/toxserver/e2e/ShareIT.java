package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A link to a run, from the command that makes it to those who read by it. */
@Timeout(90)
class ShareIT {
  private static final Pattern LINK =
      Pattern.compile("http://127\\.0\\.0\\.1:\\d+/#token=(toxs_\\w+)&run=(\\w+)\n");

  /** Says which it is, and waits until it may end. */
  private static final String WAITS = "echo run $1; while [ ! -e go ]; do sleep 0.05; done; exit 5";

  @TempDir Path folder;

  private Path project;
  private Path elsewhere;

  @BeforeEach
  void folders() throws Exception {
    project = Files.createDirectory(folder.resolve("project"));
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
  }

  @Test
  void whoHasALinkToTheNewestRunFollowsItElsewhereAndSeesNoOther() throws Exception {
    try (Server server = Server.start(project, "--http", "0", "--tox", Script.in(folder, WAITS))) {
      String first = detach(server, "one");
      String second = detach(server, "two");
      try (JarProcess share = server.client("share", "--for", "30m")) {
        assertThat(share.exitCode()).as(share.err().text()).isZero();
        assertThat(share.err().text())
            .startsWith("It shows run " + second + " until ")
            .contains(" at the latest. 'token revoke ", "The link works on this machine only.");
        Matcher link = LINK.matcher(share.out().text());
        assertThat(link.matches()).as(share.out().text()).isTrue();
        assertThat(link.group(2)).isEqualTo(second);
        follow(server, link.group(1), first);
      }
    }
  }

  private void follow(Server server, String token, String other) throws Exception {
    try (JarProcess attach = elsewhere(server, token, "attach");
        JarProcess status = elsewhere(server, token, "status");
        JarProcess logs = elsewhere(server, token, "logs", other)) {
      for (JarProcess refused : new JarProcess[] {status, logs}) {
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out().size()).isZero();
        assertThat(refused.err().text()).matches("\\w+: this token may only read the run \\w+\n");
      }
      Files.createFile(project.resolve("go"));
      assertThat(attach.exitCode()).as(attach.err().text()).isEqualTo(5);
      assertThat(attach.out().text()).isEqualTo("run two\n");
    }
    try (JarProcess logs = elsewhere(server, token, "logs")) {
      assertThat(logs.exitCode()).isZero();
      assertThat(logs.out().text()).isEqualTo("run two\n");
    }
  }

  @Test
  void aServerWithoutAPageGivesATokenAloneIfItIsAskedForOne() throws Exception {
    try (Server server = Server.start(project, "--tox", Script.in(folder, WAITS))) {
      Files.createFile(project.resolve("go"));
      String run = detach(server, "one");
      try (JarProcess share = server.client("share", run)) {
        assertThat(share.exitCode()).isEqualTo(1);
        assertThat(share.out().size()).isZero();
        assertThat(share.err().text())
            .isEqualTo(
                "This server has no page to link to: start it with 'serve --http PORT'."
                    + " 'share --token' makes a token for attach.\n");
      }
      try (JarProcess share = server.client("share", "--token", run);
          JarProcess list = listedAfter(share, server)) {
        assertThat(list.out().text().lines().toList()).hasSize(2).last().asString().contains(run);
        try (JarProcess logs = elsewhere(server, share.out().text().strip(), "logs", run)) {
          assertThat(logs.exitCode()).as(logs.err().text()).isZero();
          assertThat(logs.out().text()).isEqualTo("run one\n");
        }
      }
    }
  }

  private static JarProcess listedAfter(JarProcess share, Server server) throws Exception {
    assertThat(share.exitCode()).as(share.err().text()).isZero();
    JarProcess list = server.client("token", "list");
    assertThat(list.exitCode()).isZero();
    return list;
  }

  private JarProcess elsewhere(Server server, String token, String... args) throws Exception {
    String[] all = new String[args.length + 2];
    all[0] = "-p";
    all[1] = String.valueOf(server.port());
    System.arraycopy(args, 0, all, 2, args.length);
    return new JarProcess(elsewhere, Map.of("TOX_SERVER_TOKEN", token), all);
  }

  private static String detach(Server server, String arg) throws Exception {
    try (JarProcess run = server.client("--detach", "run", arg)) {
      assertThat(run.exitCode()).as(run.err().text()).isZero();
      return run.out().text().strip();
    }
  }
}
