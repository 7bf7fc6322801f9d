package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.Tls;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which failures won't change by themselves, and what is said of them. */
class DialerTest {
  private static final ClientConfig PLAIN = ClientConfigs.at("somewhere", 1);

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void aReasonIsTheFirstPartOfAMessage() {
    assertThat(Dialer.reasonOf(new IOException("Connection refused: localhost/127.0.0.1:1")))
        .isEqualTo("Connection refused");
    assertThat(Dialer.reasonOf(new IOException("one line\nand another"))).isEqualTo("one line");
    assertThat(Dialer.reasonOf(new IOException((String) null))).isEqualTo("null");
  }

  @Test
  void aHostWithoutAnAddressIsHopeless() {
    assertThat(new Dialer(vertx, PLAIN).hopeless(new UnknownHostException("x")))
        .hasValue("the host somewhere has no address: check -h, --host");
  }

  @Test
  void aServerThatIsNotThereIsNot() {
    assertThat(new Dialer(vertx, PLAIN).hopeless(new ConnectException("refused"))).isEmpty();
    assertThat(new Dialer(vertx, PLAIN).hopeless(new SSLException("fatal alert: unknown_ca")))
        .as("without TLS")
        .isEmpty();
  }

  @Test
  void failuresOfTlsAreHopelessIfTheyCanBeNamed() {
    Tls tls = new Tls(Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(
            new Dialer(vertx, with(Optional.empty(), Optional.of(tls)))
                .hopeless(new SSLException("fatal alert: protocol_version")))
        .hasValue("somewhere:1 speaks only old versions of TLS");
  }

  @Test
  void aSocketThatIsNotThereYetIsNotHopeless() {
    Path socket = folder.resolve("socket");
    assertThat(
            new Dialer(vertx, with(Optional.of(socket), Optional.empty()))
                .hopeless(new ConnectException("refused")))
        .isEmpty();
  }

  @Test
  void aSocketOfOursWithoutAServerIsNotHopeless() throws IOException {
    Path socket = Files.createFile(folder.resolve("socket"));
    assertThat(
            new Dialer(vertx, with(Optional.of(socket), Optional.empty()))
                .hopeless(new ConnectException("refused")))
        .isEmpty();
  }

  @Test
  void overASocketOrTlsNobodyIsAskedForTls() {
    Tls tls = new Tls(Optional.empty(), Optional.empty(), Optional.empty());
    Path socket = folder.resolve("socket");
    assertThat(new Dialer(vertx, with(Optional.of(socket), Optional.empty())).wantsTls().result())
        .isFalse();
    assertThat(new Dialer(vertx, with(Optional.empty(), Optional.of(tls))).wantsTls().result())
        .isFalse();
  }

  private static ClientConfig with(Optional<Path> socket, Optional<Tls> tls) {
    return new ClientConfig(PLAIN.servers(), socket, tls, PLAIN.token(), Optional.empty(), 2_500);
  }
}
