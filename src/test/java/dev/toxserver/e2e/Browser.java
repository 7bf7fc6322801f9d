package dev.toxserver.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives tests tabs of one Chromium, which ends after the last of them; each tab is closed with its
 * test.
 */
final class Browser implements BeforeAllCallback, AfterEachCallback {
  /** A name that the browser takes for this machine's, and no server for its own. */
  static final String FOREIGN = "foreign.example";

  private Chromium chromium;

  /** A new tab that has gone to an address. */
  Tab open(String address) {
    Tab tab = new Tab(chromium.driver());
    tab.go(address);
    return tab;
  }

  Chromium chromium() {
    return chromium;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    chromium =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(Browser.class))
            .computeIfAbsent(Chromium.class, key -> start(), Chromium.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    chromium.closeTabs();
  }

  private static Chromium start() {
    try {
      return new Chromium("--host-resolver-rules=MAP " + FOREIGN + " 127.0.0.1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
