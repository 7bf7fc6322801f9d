package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.agent.mcp.ToolResult;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong once a call is under way ends that call alone, and the next is served. */
@Timeout(60)
class McpBrokenCallTest {
  @TempDir Path folder;
  private Path tokenFile;
  private McpPeer server;
  private McpScene agent;

  @BeforeEach
  void listen() throws Exception {
    tokenFile = Files.writeString(folder.resolve("token"), "a-token-of-some-length");
    server = new McpPeer();
    agent = new McpScene(folder, server.port(), tokenFile);
  }

  @AfterEach
  void leave() throws Exception {
    agent.close();
    server.close();
  }

  @Test
  void aTokenFileThatIsGoneWhenTheRunWasAcceptedIsALine() throws Exception {
    agent.begin("run", new JsonObject());
    JsonObject run = server.asked();
    Files.delete(tokenFile);
    server.accept(run);
    ToolResult answer = agent.answer();
    assertError(answer, "the token file " + tokenFile + " can't be read");
    assertThat(answer.text()).endsWith("call wait with id " + McpPeer.idOf(run) + ".");
    assertTheNextIsServed();
  }

  @Test
  void anAnswerThatIsNoneIsALine() throws Exception {
    agent.begin("cancel", new JsonObject().put("id", "a"));
    server.answer(server.asked(), new JsonObject());
    assertError(agent.answer(), "The server broke the protocol: cancelled");
    agent.begin("results", new JsonObject().put("id", "a"));
    server.answer(server.asked(), new JsonObject().put("environments", 7));
    assertError(agent.answer(), "The server broke the protocol: ");
    assertTheNextIsServed();
  }

  private static void assertError(ToolResult result, String begin) {
    assertThat(result.isError()).isTrue();
    assertThat(result.text()).startsWith(begin).doesNotContain("\n");
  }

  private void assertTheNextIsServed() throws Exception {
    Files.writeString(tokenFile, "a-token-of-some-length");
    agent.begin("cancel", new JsonObject().put("id", "a"));
    server.answer(server.asked(), new JsonObject().put("cancelled", 0));
    assertThat(agent.answer().text()).isEqualTo("Run a had ended.");
  }
}
