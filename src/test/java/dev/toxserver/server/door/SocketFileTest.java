package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
  @TempDir Path folder;
  private final List<ServerSocketChannel> servers = new ArrayList<>();
  private Path path;

  @AfterEach
  void closeTheServers() throws IOException {
    for (ServerSocketChannel server : servers) {
      server.close();
    }
  }

  @BeforeEach
  void aPath() {
    path = folder.resolve("s.sock");
  }

  @Test
  void untilItHasItsModeNobodyElseCanEnterItsFolder() throws Exception {
    try (SocketFile file = SocketFile.prepare(path)) {
      bind(file.draft());
      assertThat(mode(file.draft().getParent())).isEqualTo("rwx------");
      assertThat(path).doesNotExist();

      file.publish();

      assertThat(mode(path)).isEqualTo("rw-------");
      assertThat(answers(path)).isTrue();
    }
    assertThat(files()).as("no folder is left").containsExactly(path);
  }

  @Test
  void theDraftIsAtMostSevenBytesLonger() throws Exception {
    Path shortest = folder.resolve("s");
    try (SocketFile file = SocketFile.prepare(shortest)) {
      assertThat(file.draft().toString().length() - shortest.toString().length())
          .isLessThanOrEqualTo(7);
    }
  }

  @Test
  void ofTwoOnAFreePathTheFirstWins() throws Exception {
    try (SocketFile first = SocketFile.prepare(path);
        SocketFile second = SocketFile.prepare(path)) {
      ServerSocketChannel one = bind(first.draft());
      bind(second.draft());
      first.publish();

      assertThatThrownBy(second::publish).hasMessage("another server listens there");

      assertThat(answers(path)).isTrue();
      assertThat(one.accept()).as("the probe reached the first").isNotNull();
    }
    assertThat(files()).containsExactly(path);
  }

  @Test
  void aStaleSocketIsReplaced() throws Exception {
    bind(path).close();
    assertThat(path).exists();
    try (SocketFile file = SocketFile.prepare(path)) {
      bind(file.draft());
      file.publish();
      assertThat(answers(path)).isTrue();
    }
    assertThat(files()).containsExactly(path);
  }

  /** Many rounds: the moment in which two find the same stale file is short. */
  @Test
  void ofManyThatFindTheSameStaleSocketOneWinsAndIsReached() throws Exception {
    for (int round = 0; round < 200; round++) {
      Path contested = folder.resolve("s" + round);
      bind(contested).close();
      try (SocketFile one = SocketFile.prepare(contested);
          SocketFile two = SocketFile.prepare(contested)) {
        ServerSocketChannel[] bound = {bind(one.draft()), bind(two.draft())};
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> wins(two, start));
        boolean oneWins = wins(one, start);

        assertThat(other.get(30, TimeUnit.SECONDS)).as("round " + round).isNotEqualTo(oneWins);

        ServerSocketChannel loser = bound[oneWins ? 1 : 0];
        loser.close();
        assertThat(answers(contested)).as("round " + round).isTrue();
      }
    }
  }

  @Test
  void aSymbolicLinkIsNoSocketAndStays() throws Exception {
    Path target = folder.resolve("target");
    Files.createSymbolicLink(path, target);
    try (SocketFile file = SocketFile.prepare(path)) {
      bind(file.draft());
      assertThatThrownBy(file::publish)
          .hasMessage("a file that is no socket is there, and stays there");
    }
    assertThat(path).isSymbolicLink();
  }

  @Test
  void anothersSocketIsNotRemoved() throws Exception {
    try (SocketFile file = SocketFile.prepare(path)) {
      bind(file.draft());
      file.publish();
      Files.delete(path);
      bind(path);

      file.remove();

      assertThat(answers(path)).isTrue();
    }
  }

  @Test
  void itsOwnIsRemovedAndMayBeGoneAlready() throws Exception {
    try (SocketFile file = SocketFile.prepare(path)) {
      bind(file.draft());
      file.publish();
      file.remove();
      assertThat(path).doesNotExist();
      file.remove();
    }
  }

  private ServerSocketChannel bind(Path at) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    servers.add(server);
    return server.bind(UnixDomainSocketAddress.of(at));
  }

  private static boolean wins(SocketFile file, CyclicBarrier start) {
    try {
      start.await(30, TimeUnit.SECONDS);
      file.publish();
      return true;
    } catch (IOException e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean answers(Path at) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(at))) {
      return client.isConnected();
    } catch (java.net.ConnectException e) {
      return false;
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
