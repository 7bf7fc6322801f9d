package dev.toxserver.config;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The PEM files for TLS. Each may be given; a certificate and its key go together.
 *
 * @param cert our own certificate, with those between it and its authority after it
 * @param key its private key
 * @param ca whom we trust
 * @param memory of a client by BoringSSL: whom these authorities have vouched for
 */
public record Tls(
    Optional<Path> cert, Optional<Path> key, Optional<Path> ca, Optional<TrustMemory> memory) {
  /** The versions that are spoken; the older ones are broken. */
  public static final Set<String> VERSIONS = Set.of("TLSv1.2", "TLSv1.3");

  /** Without a memory. */
  public Tls(Optional<Path> cert, Optional<Path> key, Optional<Path> ca) {
    this(cert, key, ca, Optional.empty());
  }

  /**
   * Who speaks TLS: BoringSSL if its native library is there, as in the distribution, else Java
   * itself. Java is ten times slower where no slow compiler is at work, as in a client.
   */
  public static SSLEngineOptions engine() {
    JavaTls.awaitAside();
    if (OpenSSLEngineOptions.isAvailable()) {
      return new OpenSSLEngineOptions();
    }
    JavaTls.bringBack();
    return new JdkSSLEngineOptions();
  }

  /** Has Java's own TLS there, for good: before it is asked for anything. */
  public static void bringJavaBack() {
    JavaTls.bringBack();
  }

  /**
   * Reads it from the settings; empty if no file is given.
   *
   * @throws InvalidSettingException if a file is of no use, or a key or certificate is alone
   */
  static Optional<Tls> from(Settings settings) {
    Optional<Tls> tls = from(settings, Setting.TLS_CERT, Setting.TLS_KEY, Setting.TLS_CA);
    if (tls.isPresent()) {
      TlsHeadStart.begin(tls.get().ca());
      // For the errors: what is served is read again, when it is needed.
      TlsMaterial.read(tls.get());
    }
    return tls;
  }

  /**
   * The same for a client. If it remembers whom the authorities have vouched for, Java's own TLS is
   * not even looked at.
   *
   * @param variables say where the user's state is
   */
  static Optional<Tls> ofClient(Settings settings, Map<String, String> variables) {
    Optional<Tls> tls = from(settings, Setting.TLS_CERT, Setting.TLS_KEY, Setting.TLS_CA);
    if (tls.isEmpty()) {
      return tls;
    }
    Tls files = tls.get();
    Optional<TrustMemory> memory =
        files.ca().isPresent() && files.cert().isEmpty() && hasBoring()
            ? TrustMemory.of(files.ca().get(), variables)
            : Optional.empty();
    if (memory.isPresent() && memory.get().isOfUse()) {
      JavaTls.setAside();
    } else {
      // An earlier client of this process may have set it aside, and never needed it.
      JavaTls.bringBack();
      from(settings);
    }
    return Optional.of(new Tls(files.cert(), files.key(), files.ca(), memory));
  }

  /**
   * Whether BoringSSL lies where the distribution has it, without a look at whether it can be
   * loaded.
   */
  private static boolean hasBoring() {
    Path libraries = Path.of(System.getProperty("java.home"), "lib");
    for (String machine : List.of("x86_64", "aarch_64")) {
      if (Files.exists(libraries.resolve("libnetty_tcnative_linux_" + machine + ".so"))) {
        return true;
      }
    }
    return false;
  }

  /** The same by other settings, without a look into the files. */
  static Optional<Tls> from(Settings settings, Setting cert, Setting key, Setting ca) {
    Tls tls =
        new Tls(settings.optionalPath(cert), settings.optionalPath(key), settings.optionalPath(ca));
    if (tls.cert().isPresent() != tls.key().isPresent()) {
      throw new InvalidSettingException(
          "--%s and --%s go together: give both".formatted(cert.key(), key.key()));
    }
    return tls.files().findAny().isPresent() ? Optional.of(tls) : Optional.empty();
  }

  private Stream<Path> files() {
    return Stream.of(cert, key, ca).flatMap(Optional::stream);
  }
}
