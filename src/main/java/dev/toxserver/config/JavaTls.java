package dev.toxserver.config;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Java's own TLS, out of the way until a certificate is judged. Where BoringSSL speaks TLS, Netty
 * asks Java's all the same what it can do, and has it check its own wrappers: that takes a client
 * longer than its handshake. Meanwhile {@link NamedVersions} answers.
 *
 * <p>Thread-safe.
 */
final class JavaTls {
  private static final String NAME = "SunJSSE";

  private static CompletableFuture<Optional<Provider>> aside;

  /** Whether it is not to be taken away any more: it was once, or somebody relies on it. */
  private static boolean tooLate;

  private JavaTls() {}

  /**
   * Begins to take it away, in the background. Only once, and not after {@link #bringBack}: other
   * connections may rely on it.
   */
  static synchronized void setAside() {
    if (!tooLate) {
      tooLate = true;
      aside =
          CompletableFuture.supplyAsync(
              JavaTls::take,
              task -> {
                Thread thread = new Thread(task, "tox-server-tls");
                thread.setDaemon(true);
                thread.start();
              });
    }
  }

  /** Waits until it is away, if that was begun. */
  static synchronized void awaitAside() {
    if (aside != null) {
      aside.join();
    }
  }

  /** Whether it is away, or about to be. */
  static synchronized boolean isAside() {
    return aside != null;
  }

  /** Has it there again, if it was taken away; from now on it stays. */
  static synchronized void bringBack() {
    tooLate = true;
    if (aside != null) {
      aside.join().ifPresent(Security::addProvider);
      Security.removeProvider(NamedVersions.NAME);
      aside = null;
    }
  }

  private static Optional<Provider> take() {
    Optional<Provider> found = Optional.ofNullable(Security.getProvider(NAME));
    Security.removeProvider(NAME);
    Security.insertProviderAt(new NamedVersions(), 1);
    return found;
  }
}
