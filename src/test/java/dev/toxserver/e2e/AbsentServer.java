package dev.toxserver.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A server that is not there. */
final class AbsentServer {
  private AbsentServer() {}

  /** A port on which nobody listens: it was free a moment ago, and the kernel avoids it for now. */
  static int port() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
