package dev.toxserver.server.door;

import dev.toxserver.BridgeSocket;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A guarded bridge for the tests of a class, and a client of it for each test. */
@Timeout(20)
abstract class GuardedBridgeTest {
  static GuardedBridge bridge;
  BridgeSocket client;

  @BeforeAll
  static void listen() {
    bridge = new GuardedBridge();
  }

  @AfterAll
  static void stop() {
    bridge.close();
  }

  @BeforeEach
  void connect() throws IOException {
    client = bridge.connect();
    bridge.passed().clear();
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
  }
}
