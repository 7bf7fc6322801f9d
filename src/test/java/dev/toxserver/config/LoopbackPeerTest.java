package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackPeerTest {
  private Integer thisUser;

  @BeforeEach
  void thisUser() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "Linux only");
    thisUser = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  void whoListensIsNamed(String address) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      assertThat(LoopbackPeer.users(server.getLocalPort(), 1)).containsExactly(thisUser);
    }
  }

  @Test
  void whoHasAcceptedTheConnectionAndListensNoMoreIsNamed() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    try (server;
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      int port = accepted.getLocalPort();
      server.close();

      assertThat(LoopbackPeer.users(port, client.getLocalPort())).containsExactly(thisUser);
      assertThat(LoopbackPeer.users(port, client.getLocalPort() ^ 1)).isEmpty();
    }
  }

  @Test
  void whereNobodyListensNobodyIsNamed() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0)) {
      port = server.getLocalPort();
    }
    assertThat(LoopbackPeer.users(port, 1)).isEmpty();
  }
}
