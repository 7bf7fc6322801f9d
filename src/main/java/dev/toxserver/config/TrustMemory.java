package dev.toxserver.config;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Security;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;

/**
 * Which certificates Java has found to be good, by the authorities of one file: for a client, that
 * takes longer than all else that it does. The same bytes, for the same host, by the same file, are
 * good again, for a day at most and while all of them are valid; anything else is judged anew. That
 * the server has the key is shown in each handshake.
 *
 * <p>Lies in the user's own folder of state, beside the tokens: whoever can write there needs no
 * forged certificate. Not thread-safe.
 */
public final class TrustMemory {
  private static final long LONGEST_MILLIS = 24 * 60 * 60 * 1000L;
  private static final int MOST_VERDICTS = 8;
  private static final int MOST_BYTES = 256 * 1024;

  private final Path file;
  private final Path ca;
  private final byte[] authorities;
  private final LongSupplier clock;
  private final List<TrustVerdict> verdicts = new ArrayList<>();

  private TrustMemory(Path file, Path ca, LongSupplier clock) throws IOException {
    this.file = file;
    this.ca = ca;
    this.clock = clock;
    authorities = Files.readAllBytes(ca);
  }

  /**
   * The memory of what the authorities of a file have vouched for, a file for each Java; what it
   * holds of another content of the authorities' file counts for nothing. None if the user has no
   * home, or the file can't be read.
   */
  static Optional<TrustMemory> of(Path ca, Map<String, String> variables) {
    return of(ca, variables, System::currentTimeMillis);
  }

  /** The same by another clock, for tests. */
  static Optional<TrustMemory> of(Path ca, Map<String, String> variables, LongSupplier clock) {
    Optional<Path> folder = StateFolder.base(variables);
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      CRC32 sum = new CRC32();
      sum.update(circumstances().getBytes(StandardCharsets.UTF_8));
      sum.update(ca.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
      Path file = folder.get().resolve("trusted").resolve("%08x".formatted(sum.getValue()));
      TrustMemory memory = new TrustMemory(file, ca, clock);
      memory.load();
      return Optional.of(memory);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether some server was found to be good by these authorities, and may be so again. */
  public boolean isOfUse() {
    long now = clock.getAsLong();
    for (TrustVerdict each : verdicts) {
      if (each.isValid(now)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether these certificates were found to be good for this host, by the authorities that the
   * file still holds.
   */
  public boolean holds(String host, X509Certificate[] chain) throws CertificateEncodingException {
    if (!isStillByThese()) {
      return false;
    }
    long now = clock.getAsLong();
    List<byte[]> encoded = encoded(chain);
    for (TrustVerdict each : verdicts) {
      if (each.isValid(now) && each.isFor(host, encoded)) {
        return true;
      }
    }
    return false;
  }

  /**
   * These were found to be good just now. What can't be written is not remembered, nor is it if the
   * authorities' file has changed since this memory was made.
   */
  public void keep(String host, X509Certificate[] chain) throws CertificateEncodingException {
    if (!isStillByThese()) {
      return;
    }
    long from = clock.getAsLong();
    long until = from + LONGEST_MILLIS;
    for (X509Certificate each : chain) {
      until = Math.min(until, each.getNotAfter().getTime());
    }
    List<byte[]> encoded = encoded(chain);
    verdicts.removeIf(each -> !each.isValid(from) || each.host().equals(host));
    verdicts.add(new TrustVerdict(host, from, until, encoded));
    while (verdicts.size() > MOST_VERDICTS) {
      verdicts.remove(0);
    }
    try {
      write();
    } catch (IOException | UnsupportedOperationException e) {
      return;
    }
  }

  /** Not as root into the home of another user, who could not write there any more. */
  private void write() throws IOException {
    Path folder = file.getParent();
    if (!OwnFiles.isBelowOwn(folder)) {
      return;
    }
    OwnFiles.takeFolder(folder);
    Path draft = folder.resolve(file.getFileName() + "." + UUID.randomUUID());
    try {
      OwnFiles.create(draft, written());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** A process that goes on reads the file again when it judges. */
  private boolean isStillByThese() {
    try {
      return Arrays.equals(Files.readAllBytes(ca), authorities);
    } catch (IOException e) {
      return false;
    }
  }

  private static List<byte[]> encoded(X509Certificate[] chain) throws CertificateEncodingException {
    List<byte[]> encoded = new ArrayList<>();
    for (X509Certificate each : chain) {
      encoded.add(each.getEncoded());
    }
    return encoded;
  }

  /** By what rules Java judges. */
  private static String circumstances() {
    return System.getProperty("java.runtime.version")
        + "\n"
        + Security.getProperty("jdk.certpath.disabledAlgorithms")
        + "\n"
        + Security.getProperty("jdk.tls.disabledAlgorithms");
  }

  /** Nothing from where others could have put something, or made a link to it. */
  private void load() throws IOException {
    if (!OwnFiles.isOwnFolder(file.getParent())
        || !OwnFiles.isOwnFile(file)
        || Files.size(file) > MOST_BYTES) {
      return;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
    try {
      if (in.readUTF().equals(circumstances())
          && Arrays.equals(TrustVerdict.bytes(in, MOST_BYTES), authorities)) {
        for (int left = in.readInt(); left > 0; left--) {
          verdicts.add(TrustVerdict.read(in, MOST_BYTES));
        }
      }
    } catch (IOException | IllegalArgumentException damaged) {
      verdicts.clear();
    }
  }

  private byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(circumstances());
    out.writeInt(authorities.length);
    out.write(authorities);
    out.writeInt(verdicts.size());
    for (TrustVerdict each : verdicts) {
      each.write(out);
    }
    return bytes.toByteArray();
  }
}
