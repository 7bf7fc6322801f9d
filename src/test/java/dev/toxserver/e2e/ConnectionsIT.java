package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However many connections are made, a real server serves the others and keeps none for ever. */
@Timeout(120)
class ConnectionsIT {
  @TempDir Path folder;

  @Test
  void tenThousandConnectionsThatComeAndGoLeaveNoFileOpen() throws Exception {
    try (Server server = Server.start(folder);
        BridgeSocket bystander = server.socket()) {
      assertThat(bystander.isAnswered()).isTrue();
      long before = Proc.openFiles(server.pid());
      for (int n = 0; n < 10_000; n++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        // Every other one is dropped with a reset, and is not remembered by the kernel.
        socket.setSoLinger(n % 2 == 0, 0);
        socket.close();
      }
      assertThat(bystander.isAnswered()).isTrue();
      await("files are closed")
          .atMost(Captured.DEADLINE)
          .until(() -> Proc.openFiles(server.pid()) <= before);
    }
  }

  @Test
  void moreThanMaxConnectionsAreRefusedAndTheOthersServed() throws Exception {
    try (Server server = Server.start(folder, "--max-connections", "3")) {
      List<BridgeSocket> served = new ArrayList<>();
      for (int n = 0; n < 3; n++) {
        served.add(server.socket());
        assertThat(served.get(n).isAnswered()).isTrue();
      }
      assertThat(isTurnedAway(server)).isTrue();
      for (BridgeSocket each : served) {
        assertThat(each.isAnswered()).isTrue();
      }
      served.get(0).close();
      await().atMost(Captured.DEADLINE).until(() -> !isTurnedAway(server));
      served.get(1).close();
      served.get(2).close();
    }
  }

  @Test
  void moreThanMaxUnauthenticatedAreRefusedAndWhoIsInIsServed() throws Exception {
    try (Server server =
            Server.start(folder, "--max-unauthenticated", "2", "--auth-deadline", "60");
        BridgeSocket in = server.socket()) {
      try (BridgeSocket first = new BridgeSocket(server.port());
          BridgeSocket second = new BridgeSocket(server.port());
          BridgeSocket third = new BridgeSocket(server.port())) {
        assertThat(third.isAtEnd()).as("it is closed before it has said a word").isTrue();
        assertThat(in.isAnswered()).isTrue();
        first.show(server.token());
        second.send(new JsonObject("{\"type\":\"ping\",\"headers\":{\"token\":\"guess\"}}"));
        assertThat(second.next().getInteger("failureCode")).isEqualTo(401);
      }
    }
  }

  @Test
  void theKernelLooksForPeersThatAreGoneWithoutAWord() throws Exception {
    try (Server server = Server.start(folder);
        BridgeSocket client = server.socket()) {
      assertThat(client.isAnswered()).isTrue();
      await("its timer is keep-alive's")
          .atMost(Captured.DEADLINE)
          .until(() -> Proc.keepsAlive(server.port()));
    }
  }

  private static boolean isTurnedAway(Server server) throws IOException {
    try (BridgeSocket late = server.socket()) {
      return !late.isAnswered();
    } catch (IOException e) {
      return true;
    }
  }
}
