package dev.toxserver.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;

/**
 * Finds out whether a server speaks TLS. One that does closes a connection without TLS silently; so
 * does the proxy of a container engine while its server is not there yet.
 */
final class TlsProbe {
  private static final long DEADLINE_MILLIS = 1_000;
  private static final byte ALERT = 21;

  /** An empty ClientHello (RFC 8446, section 4.1.2), which a TLS server answers with an alert. */
  private static final byte[] EMPTY_HELLO = {22, 3, 1, 0, 4, 1, 0, 0, 0};

  private TlsProbe() {}

  /** Whether TLS is spoken there; completes within a second and never fails. */
  static Future<Boolean> ask(Vertx vertx, NetClient plain, int port, String host) {
    Promise<Boolean> answer = Promise.promise();
    vertx.setTimer(DEADLINE_MILLIS, late -> answer.tryComplete(false));
    plain
        .connect(port, host)
        .onSuccess(socket -> ask(socket, answer))
        .onFailure(failure -> answer.tryComplete(false));
    return answer.future();
  }

  private static void ask(NetSocket socket, Promise<Boolean> answer) {
    socket.exceptionHandler(failure -> answer.tryComplete(false));
    socket.closeHandler(gone -> answer.tryComplete(false));
    socket.handler(bytes -> answer.tryComplete(bytes.getByte(0) == ALERT));
    socket.write(Buffer.buffer(EMPTY_HELLO));
    answer.future().onComplete(done -> socket.close());
  }
}
