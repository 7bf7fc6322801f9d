package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toxserver.e2e.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of a certificate, and what is judged anew. */
class TrustMemoryTest {
  private static final int NOBODY = 65_534;
  private static final String HOST = "localhost";

  @TempDir static Path keys;
  private static X509Certificate[] chain;
  private static X509Certificate[] other;

  @TempDir Path folder;
  private Path ca;
  private long now = System.currentTimeMillis();

  @BeforeAll
  static void certificates() throws Exception {
    Certificates certificates = new Certificates(keys);
    certificates.server("one", "DNS:localhost");
    certificates.server("other", "DNS:localhost");
    chain = read("one");
    other = read("other");
  }

  @BeforeEach
  void anAuthority() throws IOException {
    ca = Files.writeString(folder.resolve("ca.pem"), "any");
  }

  @Test
  void theSameCertificatesForTheSameHostAreRemembered() throws Exception {
    assertThat(memory().isOfUse()).isFalse();
    assertThat(memory().holds(HOST, chain)).isFalse();
    memory().keep(HOST, chain);
    assertThat(memory().isOfUse()).isTrue();
    assertThat(memory().holds(HOST, chain)).isTrue();
  }

  @Test
  void otherCertificatesAreNot() throws Exception {
    memory().keep(HOST, chain);
    assertThat(memory().holds(HOST, other)).isFalse();
    assertThat(memory().holds(HOST, new X509Certificate[] {chain[0], other[0]})).isFalse();
    assertThat(memory().holds(HOST, new X509Certificate[0])).isFalse();
  }

  @Test
  void norAreTheyForAnotherHost() throws Exception {
    memory().keep(HOST, chain);
    assertThat(memory().holds("elsewhere", chain)).isFalse();
    memory().keep("elsewhere", chain);
    assertThat(memory().holds(HOST, chain)).isTrue();
  }

  @Test
  void norAfterTheFileOfAuthoritiesHasChanged() throws Exception {
    memory().keep(HOST, chain);
    Files.writeString(ca, "others");
    assertThat(memory().isOfUse()).isFalse();
    assertThat(memory().holds(HOST, chain)).isFalse();
  }

  @Test
  void aProcessThatGoesOnDoesNotGoByAFileThatHasChanged() throws Exception {
    TrustMemory memory = memory();
    memory.keep(HOST, chain);
    Files.writeString(ca, "others");
    assertThat(memory.holds(HOST, chain)).isFalse();
    Files.delete(ca);
    assertThat(memory.holds(HOST, chain)).isFalse();
  }

  @Test
  void whatAnotherFileHasVouchedForIsNotKeptForTheFirst() throws Exception {
    TrustMemory memory = memory();
    Files.writeString(ca, "others");
    memory.keep(HOST, chain);
    Files.writeString(ca, "any");
    assertThat(memory.holds(HOST, chain)).isFalse();
    assertThat(memory().isOfUse()).isFalse();
  }

  @Test
  void itLastsForADay() throws Exception {
    memory().keep(HOST, chain);
    now += Duration.ofHours(23).toMillis();
    assertThat(memory().holds(HOST, chain)).isTrue();
    now += Duration.ofHours(2).toMillis();
    assertThat(memory().holds(HOST, chain)).isFalse();
    assertThat(memory().isOfUse()).isFalse();
  }

  @Test
  void itEndsWithTheCertificatesAndDoesNotBeginBeforeItself() throws Exception {
    now = chain[0].getNotAfter().getTime() - 1_000;
    memory().keep(HOST, chain);
    assertThat(memory().holds(HOST, chain)).isTrue();
    now += 2_000;
    assertThat(memory().holds(HOST, chain)).isFalse();
    now -= Duration.ofDays(1).toMillis();
    assertThat(memory().holds(HOST, chain)).isFalse();
  }

  @Test
  void aDamagedFileCountsForNothing() throws Exception {
    memory().keep(HOST, chain);
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 37) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(memory().isOfUse()).as("the first %d bytes", length).isFalse();
    }
  }

  @Test
  void itsFileIsTheUsersAlone() throws Exception {
    memory().keep(HOST, chain);
    assertThat(Files.getPosixFilePermissions(onlyFile()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(onlyFile().getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aFileThatIsALinkCountsForNothing() throws Exception {
    memory().keep(HOST, chain);
    Path file = onlyFile();
    Path elsewhere = Files.move(file, folder.resolve("elsewhere"));
    Files.createSymbolicLink(file, elsewhere);
    assertThat(memory().isOfUse()).isFalse();
  }

  @Test
  void norDoesAFolderThatIsALinkOrOpenToOthers() throws Exception {
    memory().keep(HOST, chain);
    Path trusted = onlyFile().getParent();
    Files.setPosixFilePermissions(trusted, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(memory().isOfUse()).isFalse();
    Files.setPosixFilePermissions(trusted, PosixFilePermissions.fromString("rwx------"));
    assertThat(memory().isOfUse()).isTrue();
    Files.createSymbolicLink(trusted, Files.move(trusted, folder.resolve("elsewhere")));
    assertThat(memory().isOfUse()).isFalse();
  }

  @Test
  void norDoesAFolderOfAnotherUsers() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    memory().keep(HOST, chain);
    Files.setAttribute(onlyFile().getParent(), "unix:uid", NOBODY);
    assertThat(memory().isOfUse()).isFalse();
  }

  @Test
  void inAnotherUsersFolderNothingIsMade() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.setAttribute(state, "unix:uid", NOBODY);
    memory().keep(HOST, chain);
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void whatCantBeWrittenLeavesNothingBehind() throws Exception {
    TrustMemory memory = memory();
    memory.keep(HOST, chain);
    Path file = onlyFile();
    Files.delete(file);
    Files.createDirectories(file.resolve("in the way"));
    memory.keep(HOST, chain);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aDraftThatAKilledClientHasLeftIsInNobodysWay() throws Exception {
    memory().keep(HOST, chain);
    Path file = onlyFile();
    Files.move(file, file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid()));
    memory().keep(HOST, chain);
    assertThat(memory().isOfUse()).isTrue();
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder.resolve("state/tox-server/trusted"))) {
      return files.toList().get(0);
    }
  }

  private TrustMemory memory() {
    Map<String, String> variables = Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
    return TrustMemory.of(ca, variables, () -> now).orElseThrow();
  }

  private static X509Certificate[] read(String name) {
    return Pem.certificates(keys.resolve(name + ".pem")).toArray(X509Certificate[]::new);
  }
}
